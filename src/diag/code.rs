//! Every code: its number, name and severity.
//!
//! Numbers are never reused and never given a new meaning. The long texts are in `explain`.

use std::fmt;

use crate::domain::words;

words! {
    /// The severity of a finding; it decides the state of the plan.
    Severity {
        /// Blocks: the user's documents are wrong.
        Error = "error",
        /// No published source answers the question: the plan asks.
        Confirm = "confirm",
        /// Changes nothing, but a person should look.
        Warning = "warning",
    }
}

macro_rules! codes {
    ($($severity:ident { $($number:ident $variant:ident,)+ })+) => {
        /// A kind of finding. `M` manifest, `E` evidence, `P` plan, `R` rule data, `T` template, `K` pack,
        /// `S` spreadsheet.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code { $($(#[doc = stringify!($number)] $variant,)+)+ }

        impl Code {
            pub const ALL: &'static [Self] = &[$($(Self::$variant,)+)+];

            /// Returns the number, `M009`.
            pub const fn number(self) -> &'static str {
                match self { $($(Self::$variant => stringify!($number),)+)+ }
            }

            pub const fn severity(self) -> Severity {
                match self { $($(Self::$variant => Severity::$severity,)+)+ }
            }

            /// Returns the readable name in kebab-case, `unknown-field`.
            pub fn name(self) -> String {
                let camel = match self { $($(Self::$variant => stringify!($variant),)+)+ };
                let mut name = String::new();
                for c in camel.chars() {
                    if c.is_ascii_uppercase() && !name.is_empty() {
                        name.push('-');
                    }
                    name.push(c.to_ascii_lowercase());
                }
                name
            }
        }
    };
}

codes! {
    Error {
        M001 NotText, M002 EmptyFile, M003 FileTooLarge, M004 NotYaml, M005 NestedTooDeep, M006 TooManyAliases,
        M007 SeveralDocuments, M008 DuplicateField, M009 UnknownField, M010 WrongShape, M011 MissingField,
        M012 EmptyField, M013 UnknownSchema, M014 UnknownWord, M015 NotADate, M016 MalformedUen, M017 WrongCheckLetter,
        M018 MalformedUrl, M019 MalformedEmail, M020 MalformedPhone, M021 Placeholder, M022 HiddenCharacter,
        M023 TextTooLong, M024 TagNotAllowed, M025 RepeatedModel, M026 IdentityUnclear, M027 UnsafePath,
        M028 ImpossibleDates, M029 MalformedCountry, M030 MalformedProvisionId, M031 MalformedPages, M032 MalformedHash,
        M033 BaseUnusable, M034 OverridesNothing, M035 VariantUnnamed, M036 CommentOrText, M037 FullWidthSign,
        M038 SeveralInOne, M039 MergeKey,
        M040 AddressNotPublic, M041 AddressWithSecret, M042 LookAlikeLetter, M043 LabelNumberRepeated,
        M044 LaboratoryNotIndependent, M045 SignedTooEarly, M046 SupportEndless, M050 SecretInText, M051 IdentityNumberInText,
        M052 WaiverExpired, M053 WaiverUnusable, M056 EvidenceDescribedTwice, M057 ReplacementUnclear,
        E001 EvidenceMissing, E002 EvidenceNotAFile, E003 EvidenceLinksOut, E004 EvidenceUnreadable, E005 EvidenceEmpty,
        E006 EvidenceTypeDiffers, E007 EvidenceEncrypted, E008 EvidenceHasMacros, E009 EvidenceIncomplete,
        E010 EvidenceTooLarge, E011 EvidenceNamesCollide, E012 EvidencePageMissing,
        E013 SignedForOtherContent, E014 SignedContentUnknown, E015 SignedCopyUnusable, E016 NotSigned,
        E017 SignatureDoubtful, E018 EvidenceExpired, E019 EvidenceFolderUnusable,
        E020 SbomUnusable, E021 EvidenceNotFetched,
        E030 PaperForOtherModel, E031 PaperForOtherBrand, E032 LabelNumberDiffers, E033 LabelGradeDiffers,
        E034 LabelDateDiffers, E035 VersionDiffers, E036 ReportDiffers, E037 VerdictNegative, E038 SbomOfOtherProduct,
        E039 PaperOfOtherKind, E040 EvidenceRunsScript, E041 EvidenceStartsPrograms, E042 EvidenceIsXmlForm,
        E043 EvidenceLoadsTemplate, E044 EvidenceHoldsProgram, E045 EvidenceIsProgram, E046 EvidenceRedactionOpen,
        E047 LabelPhotoUnusable, E050 PrivateKeyInEvidence, E051 TokenInEvidence, E052 PasswordInEvidence,
        E053 IdentityNumberInEvidence, E054 CardNumberInEvidence,
        P001 OtherScheme, P002 LevelUndecided, P003 LabelExpired, P004 LabelForOtherModel, P005 LabelIncomplete,
        P006 LabelTermImpossible, P007 SupportEnded, P008 LaboratoryMissing, P009 RequiredEvidenceMissing,
        P010 ProvisionUnanswered, P011 ProvisionNotMet, P012 NotApplicableNotAllowed, P013 NotApplicableWithoutReason,
        P014 NotApplicableContradicted, P015 UnknownProvision, P016 ProvisionAnsweredTwice, P017 UnknownTrait,
        P018 TraitsContradict, P019 PublishedPageMissing, P020 LabelFromTheFuture, P021 DatedAfterSubmission, P022 RulesUnchecked,
        P023 AnswerContradicts, P024 AnswerPointsNowhere,
        T001 CharacterWithoutGlyph, T002 TemplateUnusable, T003 TemplateKindDiffers,
        B001 PackNamesCollide, B002 OtherClient, B003 SharedProof, B009 HandOverWithheld,
        R001 RuleUnreadable, R002 RuleSourceUnknown, R003 RuleGap, R004 RuleOverlap, R005 RuleDatesDisordered,
        R006 RuleIdRepeated, R007 RuleHistoryChanged, R008 RuleReferenceUnknown,
        K001 NotAPack, K002 EntryChanged, K003 EntryMissing, K004 EntryExtra, K005 EntryUnsafe, K006 OtherPackFormat,
        K007 EntryTooLarge, K008 ArchiveAmbiguous, K009 PackTooLarge, K010 RecordUnusable, K011 RecomputedDiffers,
        K012 InventoryIrregular, K013 RecordsContradict,
        S001 SheetOfOtherFormat, S002 SheetDamaged, S003 SheetTooLarge, S004 SheetEncoding, S005 SheetWithoutHeadings,
        S006 UnknownColumn, S007 ColumnTwice, S008 NumberForText, S009 NumberForDate, S010 TimeOfDay, S011 BooleanForText,
        S012 CellError, S013 FormulaWithoutValue, S014 CellsMerged, S015 MappingUnusable, S016 MappingUnknown,
        S017 MappingContradicts, S018 DateForText, S019 RowTooLong, S020 BackslashQuotes,
        S021 LabelUnnamed, S022 AnswersUnusable, S023 AnswerForNobody,
    }
    Confirm {
        P101 ScopeUnsettled, P102 SimplifiedApplication, P103 FeeUnknown, P104 RulesUnknown,
        E104 EvidenceNotSearched,
    }
    Warning {
        M101 HashInText, M102 TypographicQuotes, M103 PlaceholderInName, M104 RemarkBehindText,
        M105 AddressOfExample, M106 AddressUnencrypted, M107 AddressDoubtful, M108 ContactDoubtful, M109 ModelDoubtful,
        M110 FilerIsApplicant, M111 SupportVeryLong, M113 LikelyPasswordInText, M114 LikelyIdentityNumberInText,
        M115 WaiverUnused, M116 OtherLabelUnclear, M117 LatinTextMissing, M118 WordTaken, M119 DateTaken,
        M120 CharactersTaken,
        E101 EvidenceTypeUnusual, E102 EvidenceOverLimit, E103 EvidenceRepeated, E105 LookedThroughNeedlessly, E106 SbomUnusual, E107 EvidenceNotOpened, E108 EvidenceOlder, E109 FolderMisnamed, E110 FilesLeftOut, E111 FolderUnanswered,
        E120 SpelledDifferently, E121 ClaimNotFound, E122 OtherHolder, E123 OtherProductMentioned, E124 FileNameOfOtherModel,
        E125 SbomIncomplete, E126 SbomOutdated, E127 SbomFormatUnknown, E128 ComponentsDiffer, E129 PaperKindDoubtful,
        E130 ReportDoubtful, E131 PaperAmbiguous, E132 SbomInconsistent, E140 EvidenceHasComments, E141 EvidenceHasChanges,
        E142 EvidenceHidesText, E143 EvidenceHidesParts, E144 EvidenceHasSpeakerNotes, E145 EvidenceLinksPrivately,
        E146 EvidenceLinksContent, E147 EvidenceHoldsFiles, E148 EvidenceHasMedia, E149 EvidenceFetches,
        E150 PictureShowsNothing, E151 EvidenceUnnamed, E153 LikelyPasswordInEvidence, E154 SessionInEvidence,
        E155 LikelyIdentityNumber, E156 LikelyCardNumber, E157 PrivateEmailInEvidence, E158 PrivatePhoneInEvidence,
        E159 PersonalDetailInEvidence, E160 PlaceInPicture, E161 CameraNumberInPicture, E162 PersonInProperties,
        E163 PictureByNameOnly,
        E169 PaperOfOtherCategory, E170 SavedPageIsError,
        T101 TemplateWithoutHash, T102 TemplatePlaceholder, T103 TemplateUnderReview, T104 TemplateWithoutVersion, T105 TemplateWithoutPages,
        B004 ProofsDiffer, B005 CopyRefused, B006 CopyOutdated, B007 CopyUnknown, B008 CopiesOfOneProduct,
        P201 LabelNotRecognised, P202 LabelEndsSoon, P203 LabelForOtherFirmware, P204 LevelAboveWanted,
        P205 LabelTermUnusual, P206 LabelNumberUnusual, P207 LabelReviewUnknown, P208 AnswerThin,
        P209 ConditionalUnanswered, P210 RulesStale, P211 SeeOtherAuthority, P212 PublishedPageUnstated,
        P213 AnswerRepeated, P214 AnswerNamesOther, P215 OtherLabelFaulty, P216 OtherCertificateDiffers,
        K101 PackRewrapped, K102 PackNotRecomputed,
        S101 FormulaTaken, S102 RowsHidden, S103 SheetsHidden, S104 SheetLeftOut, S105 MappingUnused, S106 ColumnsHidden,
        S107 ColumnsLeftOut, S108 NumbersRead, S109 RowsLeftOut, S110 ModelsListed,
    }
}

impl Code {
    /// Returns true if a person may overrule a finding with this code: a warning, or an error that was inferred from how
    /// something looks. A clear statement of a rule, a form or a file cannot be waived.
    pub const fn is_waivable(self) -> bool {
        match self.severity() {
            Severity::Confirm => false,
            // A waiver that was never used is removed, not waived.
            Severity::Warning => !matches!(self, Self::WaiverUnused),
            Severity::Error => matches!(
                self,
                Self::PaperForOtherModel
                    | Self::PaperForOtherBrand
                    | Self::LabelNumberDiffers
                    | Self::LabelGradeDiffers
                    | Self::LabelDateDiffers
                    | Self::VersionDiffers
                    | Self::ReportDiffers
                    | Self::VerdictNegative
                    | Self::SbomOfOtherProduct
                    | Self::PaperOfOtherKind
                    | Self::EvidenceRunsScript
                    | Self::EvidenceStartsPrograms
                    | Self::EvidenceIsXmlForm
                    | Self::EvidenceLoadsTemplate
                    | Self::EvidenceHoldsProgram
                    | Self::EvidenceIsProgram
                    | Self::AnswerContradicts
                    | Self::AnswerPointsNowhere
                    | Self::PrivateKeyInEvidence
                    | Self::TokenInEvidence
                    | Self::PasswordInEvidence
                    | Self::IdentityNumberInEvidence
                    | Self::CardNumberInEvidence
                    | Self::SecretInText
                    | Self::IdentityNumberInText
            ),
        }
    }

    /// Returns the code of this number or readable name, in upper or lower case.
    pub fn find(text: &str) -> Option<Self> {
        let matches = |code: &&Self| {
            text.eq_ignore_ascii_case(code.number()) || text.eq_ignore_ascii_case(&code.name())
        };
        Self::ALL.iter().find(matches).copied()
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.number())
    }
}
