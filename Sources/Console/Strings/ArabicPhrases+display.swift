extension ArabicPhrases {
    /// The lists of prices, budgets, processes and the display.
    static let display = """
        Made the budget of {*budget}.
        أُنشئت ميزانية {*budget}.
        The period starts over; nothing is used.
        تبدأ المدة من جديد؛ ولا شيء مستخدم.
        new budget
        ميزانية جديدة
        Limit what calls may cost: of the tenant, a member, a key, a purpose, a model.
        حدّد ما قد تكلفه الاستدعاءات: للمستأجر أو عضو أو مفتاح أو غرض أو نموذج.
        reset budget
        تصفير الميزانية
        Start the running period of the selected budget over, with a reason.
        ابدأ المدة الجارية للميزانية المحددة من جديد، مع ذكر السبب.
        The plan's own budget cannot be reset.
        لا يمكن تصفير ميزانية الباقة نفسها.
        Nothing was used in this period.
        لم يُستخدم شيء في هذه المدة.
        themes
        المظاهر
        Choose a theme; the one under the cursor is tried on.
        اختر مظهرًا؛ ويُجرَّب ما تحت المؤشر.
        mouse
        الفأرة
        Let a click select and the wheel scroll, or give the mouse back.
        اجعل النقر يحدد والعجلة تمرر، أو أعد الفأرة.
        net
        الشبكة
        Show how long the way to the terminal is and what frames cost, or hide it.
        اعرض طول الطريق إلى الطرفية وكلفة الإطارات، أو أخفه.
        pause
        تجميد
        Let the screen stand still; pressed again it shows what has come meanwhile.
        ثبّت الشاشة؛ وبالضغط من جديد تعرض ما جاء في هذه الأثناء.
        processes
        العمليات
        Show the serving processes and what each measured last.
        اعرض العمليات التي تخدم وآخر ما قاسته كل منها.
        prices
        الأسعار
        Show what models cost, will cost, and what waits for a second operator.
        اعرض كلفة النماذج الآن ولاحقًا، وما ينتظر مشغّلًا ثانيًا.
        set price
        تحديد السعر
        Give the selected model its next price; a great change waits for a second operator.
        أعط النموذج المحدد سعره التالي؛ والتغيير الكبير ينتظر مشغّلًا ثانيًا.
        No model is selected.
        لم يُحدد نموذج.
        Approve the price that another operator proposed.
        وافق على السعر الذي اقترحه مشغّل آخر.
        No price that waits is selected.
        لم يُحدد سعر ينتظر.
        Who proposed a price cannot approve it: ask another operator.
        من اقترح سعرًا لا يوافق عليه: اسأل مشغّلًا آخر.
        reject
        رفض
        Reject the price that waits; one's own, too.
        ارفض السعر المنتظر، ولو كان اقتراحك.
        The price of {model} holds from now on.
        يسري سعر {model} من الآن.
        The price of {model} waits for a second operator: {*why}.
        ينتظر سعر {model} مشغّلًا ثانيًا: {*why}.
        {*field} changes by more than ten times, {#old} → {#new}
        {*field}: تغيير بأكثر من عشر مرات، {old} → {new}
        it changes by more than ten times from a price of the last day
        يتغير بأكثر من عشر مرات عن سعر في اليوم الأخير
        The price of {model} was {status}.
        حالة سعر {model}: {status}.
        AI prices
        أسعار الذكاء الاصطناعي
        Processes
        العمليات
        another look: by name, or chosen with a preview
        مظهر آخر: باسمه، أو بالاختيار مع المعاينة
        There is nothing to filter behind {name}.
        لا شيء يُصفّى في {name}.
        Write :{name}, or :{name} and the slug of a tenant.
        اكتب \u{200E}:{name}، أو \u{200E}:{name} مع الاسم المختصر لمستأجر.
        run before:
        سبق تشغيله:
        short for :{command}
        اختصار \u{200E}:{command}
        and a reason
        مع سبب
        1 problem in keys.yaml; console.log has all.
        مشكلة واحدة في keys.yaml؛ والتفاصيل في console.log.
        {#n} problems in keys.yaml; console.log has all.
        المشاكل في keys.yaml: {#n}؛ والتفاصيل في console.log.
        {key} shows the keys.
        {key} يعرض المفاتيح.
        {key} goes back.
        {key} يعود.
        consents
        الموافقات
        Go half a page on.
        تقدّم نصف صفحة.
        {chord} means nothing here.
        لا معنى لـ {chord} هنا.
        AI cost of this month
        كلفة الذكاء هذا الشهر
        Newest on the platform
        الأحدث على المنصة
        No model was asked yet.
        لم يُسأل أي نموذج بعد.
        {next} proposal   {run} runs it   {older} run before   {search} search   {leave} cancel
        {next} اقتراح   {run} تنفيذ   {older} ما سبق   {search} بحث   {leave} إلغاء
        {next} proposal   {run} takes it   {older} run before   {search} search   {leave} cancel
        {next} اقتراح   {run} اختيار   {older} ما سبق   {search} بحث   {leave} إلغاء
        {next} proposal   {run} filter   {leave} cancel
        {next} اقتراح   {run} تصفية   {leave} إلغاء
        letters search   {up} {down} try   {take} take   {leave} as before
        الحروف تبحث   {up} {down} تجربة   {take} اختيار   {leave} كما كان
        {down} {up} scroll   any other key closes
        {down} {up} تمرير   وأي مفتاح آخر يغلق
        last frame {*bytes} in {*writes}
        آخر إطار {*bytes}، {*writes}
        {*frames} dropped
        أُسقط — {*frames}
        no animation
        بلا حركة
        round trip {#time}
        الذهاب والإياب {#time}
        round trip unknown: the terminal does not answer
        الذهاب والإياب مجهول: الطرفية لا تجيب
        round trip …
        الذهاب والإياب …
        1 byte
        بايت واحد
        {#n} bytes
        البايتات: {#n}
        1 write
        كتابة واحدة
        {#n} writes
        الكتابات: {#n}
        1 frame
        إطار واحد
        {#n} frames
        الإطارات: {#n}
        (shown once, and not kept in the recording)
        (يُعرض مرة واحدة، ولا يُحفظ في التسجيل)
        Theme
        المظهر
        The recording ended: {reason}
        انتهى التسجيل: {reason}
        The mouse is on: click selects, the wheel scrolls; {key} turns it off.
        الفأرة مفعّلة: النقر يحدد والعجلة تمرر؛ و{key} يعطلها.
        The mouse is the terminal's again.
        عادت الفأرة إلى الطرفية.
        ○ paused, changes wait
        ○ مجمّدة، وتغييرات تنتظر
        ○ paused
        ○ مجمّدة
        ● REC
        ● تسجيل
        New budget of {tenant}
        ميزانية جديدة عند {tenant}
        Adds 1 budget; every call that it is about counts against it from now on.
        يضيف ميزانية واحدة؛ ويُحتسب منها من الآن كل استدعاء يخصها.
        A hard limit of 0 blocks them all. Undone by: taking it off (Measuring).
        والحد الصارم 0 يمنعها كلها. يُتراجع عنه بتعطيلها (القياس).
        About
        عن
        Which
        أيّها
        the whole workspace
        مساحة العمل كلها
        stays empty
        يبقى فارغًا
        the member's mail address or id
        عنوان بريد العضو أو معرّفه
        none yet
        لا شيء بعد
        the key's name, or its id
        اسم المفتاح أو معرّفه
        Storefront
        واجهة المتجر
        the storefront's slug
        الاسم المختصر للواجهة
        Purpose
        الغرض
        the purpose that calls name, such as chat
        الغرض الذي تسميه الاستدعاءات، مثل chat
        Model
        النموذج
        the model's id, such as offline/writer
        معرّف النموذج، مثل offline/writer
        At the soft
        عند اللين
        what happens to calls from the soft limit on
        ما يحدث للاستدعاءات من الحد اللين فصاعدًا
        an alert only
        تنبيه فقط
        a cheaper model
        نموذج أرخص
        shorter answers
        أجوبة أقصر
        At the hard
        عند الصارم
        what happens to calls at the hard limit
        ما يحدث للاستدعاءات عند الحد الصارم
        they are refused
        تُرفض
        they go on within the allowance
        تستمر ضمن السماح
        Allowance
        السماح
        what may go beyond the hard limit, where calls go on
        ما قد يتجاوز الحد الصارم حيث تستمر الاستدعاءات
        Alerts at %
        تنبيهات عند %
        rising percentages of the hard limit, such as 80, 100
        نسب متصاعدة من الحد الصارم، مثل 80, 100
        must be percentages: 80,100
        يجب أن تكون نسبًا مئوية: 80,100
        is what it was, and so is all the rest
        هو كما كان، وكذلك كل ما عداه
        {*field}: {#old} → {#new}
        {*field}: {old} → {new}
        {*field}: {*old} → {*new}
        {*field}: {*old} ← {*new}
        {*field}: {*now}, as before
        {*field}: {*now}، كما كان
        Used in this period: {used}; held by calls in flight: {held}.
        المستخدم في هذه المدة: {used}؛ والمحجوز لاستدعاءات جارية: {held}.
        The next call sees it; calls in flight finish. Undone by: undo right after.
        يراه الاستدعاء التالي، وتكتمل الجارية. يُتراجع عنه بالتراجع مباشرة.
        The next call sees it. Undone by: taking it off (Measuring).
        يراها الاستدعاء التالي. يُتراجع عنها بتعطيلها (القياس).
        Nothing counts against it yet: what was used before stays out of it.
        لا شيء محسوب منها بعد: ويبقى خارجها ما استُخدم من قبل.
        It is off: it limits nothing until Measuring is on.
        هي معطّلة: لا تحد شيئًا حتى يُفعَّل القياس.
        A hard limit of 0 blocks every call that it is about.
        الحد الصارم 0 يمنع كل استدعاء يخصه.
        That is as much as the new limit, or more: calls stop at once.
        ذلك بقدر الحد الجديد أو أكثر: تتوقف الاستدعاءات في الحال.
        Make
        إنشاء
        Change
        تغيير
        ! {*alerts} to see to: {key}
        ! تنتظر من يعالجها — {*alerts}: {key}
        Each
        كل
        with its unit: $25, 2M tokens or 500 requests
        بوحدته: \u{200E}$25 أو 2M tokens أو 500 requests
        must say its unit: $25, 2M tokens or 500 requests
        يجب ذكر وحدته: \u{200E}$25 أو 2M tokens أو 500 requests
        Reset {*budget}
        تصفير {*budget}
        Starts the running period of 1 budget of {tenant} over: {used} used count no longer.
        يبدأ المدة الجارية لميزانية واحدة عند {tenant} من جديد: ولا يُحتسب بعدُ المستخدم {used}.
        The log of use stays, what calls hold stays held. Cannot be undone.
        يبقى سجل الاستخدام، ويبقى محجوزًا ما تحجزه الاستدعاءات. لا يمكن التراجع عنه.
        Reset
        تصفير
        Mails have no screen of their own: ghostworks work sends them.
        ليس للرسائل شاشة خاصة: يرسلها ghostworks work.
        AI spend
        إنفاق الذكاء الاصطناعي
        today
        اليوم
        measured by
        قاسها
        Mails
        الرسائل
        oldest
        الأقدم
        given up
        تُركت
        ✓ No alert.
        ✓ لا تنبيه.
        FAILED, PER CENT, SINCE {since}
        الفاشل بالمئة منذ {since}
        99 OF 100 WITHIN, SINCE {since}
        \u{200F}99 من 100 خلال، منذ {since}
        {*count} · ! {#waiting} for a second operator
        {*count} · ! {#waiting} لمشغّل ثان
        {#n} with an overhead
        ذات زيادة: {n}
        ! {#waiting} for a second operator
        ! ينتظر مشغّلًا ثانيًا {#waiting}
        1 price
        سعر واحد
        {#n} prices
        الأسعار: {#n}
        FROM
        من
        READ $/M
        قراءة \u{200E}$/M
        WRITTEN $/M
        كتابة \u{200E}$/M
        CACHED $/M
        مخزّن \u{200E}$/M
        REQUEST $
        طلب \u{200E}$
        No model is listed.
        لا نموذج مدرج.
        ghostworks ai add-model lists one.
        الأمر ghostworks ai add-model يدرج واحدًا.
        HOST
        المضيف
        REPORTED
        بلّغت
        REQUESTS
        الطلبات
        FAILED
        الفاشل
        IN USE
        مستخدم
        WAITING
        ينتظر
        IN VAIN
        بلا جدوى
        No process serves.
        لا عملية تخدم.
        ghostworks serve starts one.
        الأمر ghostworks serve يشغّل واحدة.
        """
}
