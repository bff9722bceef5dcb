//! The closed sets of words that rule files use.

use crate::domain::words;

words! {
    /// The way to the label.
    Route { Mra = "mra", Standard = "standard", None = "none" }
}
words! {
    /// What the German, Korean … label gives here.
    Recognition { Mra = "mra", Simplified = "simplified", NotRecognised = "not-recognised" }
}
words! {
    /// Whether the scheme takes a product.
    ScopeOutcome { In = "in", OtherScheme = "other-scheme", Out = "out" }
}
words! {
    /// Which set of provisions a product answers.
    DeviceClass { Generic = "generic", HomeGateway = "home-gateway" }
}
words! {
    /// A paper that a form asks for.
    DocumentKind { Declaration = "declaration", SupportingEvidence = "supporting-evidence" }
}
words! {
    /// What a form needs beyond its papers; the names are those of the manifest.
    Needed { Laboratory = "laboratory", Sbom = "sbom", BinaryScan = "binary-scan", PenetrationTest = "penetration-test", SupportPage = "support-page", DisclosurePolicy = "disclosure-policy" }
}
words! {
    /// A field of a label that its scheme always has.
    LabelField { Level = "level", Number = "number", Issued = "issued", Expires = "expires", Models = "models", Evidence = "evidence" }
}
words! {
    /// What a term longer than the scheme's own says about a label.
    OverMax { Impossible = "impossible", Unusual = "unusual" }
}
words! {
    /// How another country takes a label.
    OutlookKind { Recognised = "recognised", Simplified = "simplified", Deemed = "deemed", Closed = "closed" }
}
words! {
    /// Status of a provision in Annex B: mandatory, recommended, each perhaps conditional.
    Status { M = "M", R = "R", MC = "M C", RC = "R C" }
}
words! {
    /// What became of a provision's number in the later edition of the standard.
    LaterState { Present = "present", Void = "void", Renumbered = "renumbered" }
}

words! {
    /// A day of the product that bounds the label's validity.
    ValidityBound { Support = "support" }
}
