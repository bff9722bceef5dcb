//! The closed sets of words in rule files.

use crate::domain::words;

words! {
    /// The route to the label.
    Route { Mra = "mra", Standard = "standard", None = "none" }
}
words! {
    /// What a foreign label gives in Singapore.
    Recognition { Mra = "mra", Simplified = "simplified", NotRecognised = "not-recognised" }
}
words! {
    /// Whether the scheme accepts a product.
    ScopeOutcome { In = "in", OtherScheme = "other-scheme", Out = "out" }
}
words! {
    /// The set of provisions for a product.
    DeviceClass { Generic = "generic", HomeGateway = "home-gateway" }
}
words! {
    /// A document that a form asks for.
    DocumentKind { Declaration = "declaration", SupportingEvidence = "supporting-evidence" }
}
words! {
    /// A requirement of a form besides its documents; the names are those of the manifest.
    Needed { Laboratory = "laboratory", Sbom = "sbom", BinaryScan = "binary-scan", PenetrationTest = "penetration-test", SupportPage = "support-page", DisclosurePolicy = "disclosure-policy" }
}
words! {
    /// A required field of a label.
    LabelField { Level = "level", Number = "number", Issued = "issued", Expires = "expires", Models = "models", Evidence = "evidence" }
}
words! {
    /// What a term longer than the scheme's own means for a label.
    OverMax { Impossible = "impossible", Unusual = "unusual" }
}
words! {
    /// How another country recognises a label.
    OutlookKind { Recognised = "recognised", Simplified = "simplified", Deemed = "deemed", Closed = "closed" }
}
words! {
    /// Status of a provision in Annex B: mandatory, recommended, each perhaps conditional.
    Status { M = "M", R = "R", MC = "M C", RC = "R C" }
}
words! {
    /// The fate of a provision's number in the later edition of the standard.
    LaterState { Present = "present", Void = "void", Renumbered = "renumbered" }
}

words! {
    /// A date of the product that bounds the label's validity.
    ValidityBound { Support = "support" }
}
