extension ArabicPhrases {
    /// What is said only line by line (`--linear`).
    static let readOut = """
        {*label}:
        {label}:
        {*label} [{value}]:
        {label} [{value}]:
        {*label} [yes]:
        {label} [نعم]:
        {*label} [no]:
        {label} [لا]:
        Wrong: {*fault}
        خطأ: {fault}
        Wrong:
        خطأ:
        Done: {*text}
        تم: {text}
        Note: {*text}
        ملاحظة: {text}
        Failed: {*text}
        تعذّر: {text}
        Waiting …
        انتظار …
        Ghostworks, sign-in.
        Ghostworks، تسجيل الدخول.
        Type cancel to sign in anew:
        اكتب cancel لتسجيل الدخول من جديد:
        What next (help lists it)?
        ماذا بعد (help يعرض الممكن)؟
        What next?
        ماذا بعد؟
        Nothing is listed.
        القائمة فارغة.
        There is more: type more.
        هناك المزيد: اكتب more.
        Selected {#n}: {cells}.
        المحدد {n}: {cells}.
        READ-WRITE
        للقراءة والكتابة
        support session in {tenant}
        جلسة دعم في {tenant}
        the database does not answer
        قاعدة البيانات لا تجيب
        Form: {*title}. Type cancel to leave it.
        نموذج: {title}. اكتب cancel لتركه.
        Question: {*title}.
        سؤال: {title}.
        Type cancel to leave it.
        اكتب cancel للترك.
        {*verb} or close?
        {verb} أم close؟
        {*verb}: yes or no?
        {verb}: نعم أم لا؟
        Command.
        أمر.
        Command:
        الأمر:
        Search the text.
        بحث في النص.
        Search:
        بحث:
        Filter. {*hint}
        مرشح. {hint}
        Filter:
        المرشح:
        Themes. Answer with a number, or cancel.
        المظاهر. أجب برقم، أو cancel.
        Theme:
        المظهر:
        Type stop to stop before the next:
        اكتب stop للتوقف قبل التالي:
        close, again or undo?
        close أو again أو undo؟
        What can be typed here:
        ما يمكن كتابته هنا:
        A number selects that row; open and a number opens it.
        رقم يحدد ذلك الصف؛ وopen مع رقم يفتحه.
        more and less read the next and the last rows; list reads everything again.
        \u{200F}more وless يقرآن الصفوف التالية والسابقة؛ وlist يقرأ الكل ثانية.
        A slash and words filter; a slash alone shows all.
        شرطة مائلة وكلمات ترشّح؛ والشرطة وحدها تعرض الكل.
        key and the names of keys, such as key esc, presses them.
        \u{200F}key مع أسماء مفاتيح، مثل key esc، يضغطها.
        There is no key {name}.
        لا مفتاح باسم {name}.
        There is no row {n}.
        لا صف برقم {n}.
        There is no such theme.
        لا مظهر كهذا.
        That is no answer.
        ليس هذا جوابًا.
        """
}
