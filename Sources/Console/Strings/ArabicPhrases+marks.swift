extension ArabicPhrases {
    /// Marks, actions on several rows, and the words of filters.
    static let marks = """
        {count} marked
        {count} معلَّم
        Add
        أضف
        Take away
        أزل
        Days
        الأيام
        Filters the list and changes nothing; the words stand behind / afterwards.
        يصفّي القائمة ولا يغيّر شيئًا؛ وتقف الكلمات خلف / بعد ذلك.
        Now: {tags}
        الآن: {tags}
        Show a period
        عرض مدة
        Tags of {name}
        وسوم {name}
        all of them
        كلها
        {next} next   {go} next, at the end send   {send} send   {help} help   {leave} cancel
        {next} التالي   {go} التالي ثم إرسال   {send} إرسال   {help} مساعدة   {leave} إلغاء
        tags with commas between them
        وسوم بينها فواصل
        ← → or ↓ opens the list, letters search in it
        ← → أو ↓ يفتح القائمة، والحروف تبحث فيها
        ↓ opens the list, letters search in it
        ↓ يفتح القائمة، والحروف تبحث فيها
        ↓ opens the list; or type 2026-01-01..2026-01-31
        ↓ يفتح القائمة؛ أو اكتب 2026-01-01..2026-01-31
        Give the artifact tags, or take some away.
        أعط الوثيقة وسومًا، أو خذ منها بعضها.
        Mark every row from the one marked last to this one.
        علّم كل الصفوف من آخر صف معلَّم إلى هذا.
        Mark the loaded rows that are not marked, and take the marks of the others away.
        علّم الصفوف المحمّلة غير المعلَّمة، وأزل علامات الأخرى.
        Mark the row for an action on several, or take its mark away; back takes all.
        علّم الصف لعمل على عدة صفوف، أو أزل علامته؛ والرجوع يزيلها كلها.
        Pick the days that the list shows; they become words of the filter.
        اختر الأيام التي تعرضها القائمة؛ تصير كلمات في المرشح.
        copy row
        نسخ الصف
        live
        مباشر
        mark
        تعليم
        mark the others
        تعليم الباقي
        mark to here
        تعليم إلى هنا
        period
        المدة
        words  role:admin  status:suspended  since:7d  before:2026-03-01
        كلمات  role:admin  status:suspended  since:7d  before:2026-03-01
        words  status:disabled  since:7d  before:2026-03-01
        كلمات  status:disabled  since:7d  before:2026-03-01
        words  status:suspended  plan:pro  since:7d  before:2026-03-01
        كلمات  status:suspended  plan:pro  since:7d  before:2026-03-01
        words  tag:zakat  author:ada  since:7d  before:2026-03-01  deleted:yes
        كلمات  tag:zakat  author:ada  since:7d  before:2026-03-01  deleted:yes
        """
}
