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
        search
        بحث
        next hit
        النتيجة التالية
        hit before
        النتيجة السابقة
        Search the text; in help as well.
        ابحث في النص، وفي المساعدة أيضًا.
        Go to the next place that was searched for.
        انتقل إلى الموضع التالي مما بُحث عنه.
        Go to the place before that was searched for.
        انتقل إلى الموضع السابق مما بُحث عنه.
        Nothing is searched for; {key} begins.
        لا بحث جارٍ؛ {key} يبدأ البحث.
        There is nothing to search for in that.
        لا شيء في ذلك يُبحث عنه.
        "{words}" is nowhere in this text.
        «{words}» غير موجود في هذا النص.
        hit {#n} of {#m}: {words}
        «{words}»: النتيجة {n} من {m}
        {run} search   {leave} cancel
        {run} بحث   {leave} إلغاء
        {keys} scroll   {find} search   any other key closes
        {keys} تمرير   {find} بحث   أي مفتاح آخر يغلق
        {keys} scroll   {next} next hit   {before} hit before   any other key closes
        {keys} تمرير   {next} النتيجة التالية   {before} السابقة   أي مفتاح آخر يغلق
        """
}
