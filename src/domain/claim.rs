//! What certificates say about labels.

words! {
    /// What a certificate says about a label, by the field of the manifest. The manifest has no field for the holder.
    ClaimOf {
        Scheme = "scheme", Level = "level", Number = "number", Issued = "issued", Expires = "expires",
        Models = "models", FirmwareVersion = "firmware_version", Holder = "holder",
    }
}
