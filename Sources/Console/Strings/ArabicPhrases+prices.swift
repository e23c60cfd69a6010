extension ArabicPhrases {
    /// The forms and questions of prices, and what models bill beyond them.
    static let prices = """
        Next price of {model}
        السعر التالي لـ {model}
        Adds 1 version: it holds for every call from now on, and never changes. Calls that were \
        made before keep their price.
        يضيف نسخة واحدة: تسري على كل استدعاء من الآن ولا تتغير أبدًا. وتبقى الاستدعاءات السابقة \
        بسعرها.
        A change of more than ten times waits until another operator approves it. Undone by: \
        another price.
        التغيير بأكثر من عشر مرات ينتظر موافقة مشغّل آخر. يُتراجع عنه بسعر آخر.
        Read
        القراءة
        with its unit, such as $0.15/M: USD for a million tokens
        بوحدته، مثل \u{200E}$0.15/M: دولار لكل مليون رمز
        Written
        الكتابة
        Cached
        المخزّن
        as read
        كالقراءة
        Kept in cache
        المحفوظ
        Thoughts
        التفكير
        as written
        كالكتابة
        Each request
        كل طلب
        Tier {#n}
        الشريحة {n}
        such as 200000:$6/M:$22.50/M; empty for none
        مثل \u{200E}200000:$6/M:$22.50/M؛ ويُترك فارغًا لعدمها
        TIERS
        الشرائح
        OVERHEAD
        الزيادة
        reset overhead
        تصفير الزيادة
        Forget what the model's provider was seen to bill beyond what calls may write.
        انس ما رُئي مزوّد النموذج يحتسبه فوق ما يجوز للاستدعاءات كتابته.
        No model with an overhead is selected.
        لم يُحدد نموذج له زيادة.
        Reset the overhead of {model}
        تصفير زيادة {model}
        Its provider was seen to bill {#tokens} tokens beyond what calls may write.
        رُئي مزوّده يحتسب {tokens} رمزًا فوق ما يجوز للاستدعاءات كتابته.
        Calls to it will hold so many tokens less.
        ستحجز استدعاءاته رموزًا أقل بهذا القدر.
        Undone by: the next call that is billed more than it may write.
        يُتراجع عنه بأول استدعاء يُحتسب عليه أكثر مما يجوز له كتابته.
        The overhead of {model} is forgotten.
        نُسيت زيادة {model}.
        besides, such as $0.01
        فوق ذلك، مثل \u{200E}$0.01
        Approve the price of {model}
        الموافقة على سعر {model}
        Reject the price of {model}
        رفض سعر {model}
        Above {#tokens} tokens read
        فوق {tokens} رمز مقروء
        {*field} (above {#tokens} tokens)
        {*field} (فوق {tokens} رمز)
        {*field} changes by more than ten times: {#old} → {#new}.
        {*field}: تغيير بأكثر من عشر مرات: {old} → {new}.
        The price waits until another operator approves it; the one of now holds.
        ينتظر السعر موافقة مشغّل آخر؛ ويسري السعر الحالي.
        Undone by: rejecting it.
        يُتراجع عنه برفضه.
        It holds for every call from now on, unless a price of the last day was more than ten \
        times another: then it waits for a second operator.
        يسري على كل استدعاء من الآن، إلا إذا اختلف سعر في اليوم الأخير بأكثر من عشر مرات: \
        فينتظر مشغّلًا ثانيًا.
        Publish the price of {model}
        نشر سعر {model}
        Propose a price of {model}
        اقتراح سعر لـ {model}
        Publish
        نشر
        Propose
        اقتراح
        It would hold from {time} on.
        سيسري من {time}.
        Adds 1 version, which every call from its moment on is charged with.
        يضيف نسخة واحدة، يُحتسب بها كل استدعاء من لحظتها.
        Takes 1 proposal off the list; the model keeps its price.
        يزيل اقتراحًا واحدًا من القائمة؛ ويبقى النموذج بسعره.
        It never changes. Undone by: another price.
        لا يتغير أبدًا. يُتراجع عنه بسعر آخر.
        Undone by: proposing it again.
        يُتراجع عنه باقتراحه من جديد.
        Approve
        موافقة
        Reject
        رفض
        There are no prices here.
        لا أسعار هنا.
        """
}
