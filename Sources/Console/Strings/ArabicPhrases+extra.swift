extension ArabicPhrases {
    /// Copies of data.
    static let extra = """
        has it over HTTP for {*reader}. SHA-256 {hash}
        متاح عبر HTTP لـ {*reader}. \u{200E}SHA-256 {hash}
        the person alone
        الشخص وحده
        whoever may ask
        من يجوز له الطلب
        own
        خاص
        ▸ {*title}
        ▸ {title}
        {#n} of {#m}
        {n} من {m}
        the new artifact
        الوثيقة الجديدة
        """
}
