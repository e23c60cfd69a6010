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
        reverse
        عكس الترتيب
        Turn the order of the list round: the last first.
        اعكس ترتيب القائمة: الأخير أولًا.
        Words of a filter bring what fits them best first.
        كلمات المرشح تأتي بالأنسب لها أولًا.
        An order is asc or desc.
        الترتيب هو asc أو desc.
        Write :sort {name} asc, or no direction for the usual one.
        اكتب \u{200E}:sort {name} asc، أو بلا اتجاه للترتيب المعتاد.
        """
}
