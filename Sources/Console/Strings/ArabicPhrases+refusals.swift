extension ArabicPhrases {
    /// Why something cannot be done now.
    static let refusals = """
        Not now: {*reason}
        ليس الآن: {*reason}
        No budget is selected.
        لم تُحدد ميزانية.
        No alert is selected.
        لم يُحدد تنبيه.
        No call is selected.
        لم يُحدد استدعاء.
        The call has ended.
        انتهى الاستدعاء.
        No artifact is selected.
        لم تُحدد وثيقة.
        This artifact is not deleted.
        هذه الوثيقة غير محذوفة.
        This artifact is deleted.
        هذه الوثيقة محذوفة.
        No member is selected.
        لم يُحدد عضو.
        No grant is selected.
        لم تُحدد منحة.
        No key is selected.
        لم يُحدد مفتاح.
        The key was revoked.
        أُبطل المفتاح.
        There is nothing to undo.
        لا شيء يُتراجع عنه.
        This console may write already.
        لهذه الطرفية أن تكتب أصلًا.
        This console is read-only.
        هذه الطرفية للقراءة فقط.
        No role that holds is selected.
        لم يُحدد دور سارٍ.
        Nobody is selected.
        لم يُحدد أحد.
        No tenant is selected.
        لم يُحدد مستأجر.
        No consent that holds is selected.
        لم تُحدد موافقة سارية.
        No running session of yours is selected.
        لم تُحدد جلسة جارية لك.
        No support session is open.
        لا جلسة دعم مفتوحة.
        {slug} is {status}.
        حالة {slug}: {status}.
        It has no file.
        لا ملف لها.
        No erasure that waits is selected.
        لم يُحدد محو ينتظر.
        No hold that holds is selected.
        لم يُحدد حجز سارٍ.
        You have no place of your own here.
        ليس لك مكان خاص بك هنا.
        That is you.
        هذا أنت.
        No invitation is selected.
        لم تُحدد دعوة.
        The invitation is {status}.
        حالة الدعوة: {status}.
        No role is selected.
        لم يُحدد دور.
        The role {role} is the platform's.
        الدور {role} دور المنصة.
        No session is selected.
        لم تُحدد جلسة.
        This is the console's own session; :signout ends it.
        هذه جلسة الطرفية نفسها؛ والأمر \u{200E}:signout ينهيها.
        No person is behind this row.
        لا شخص وراء هذا الصف.
        There is no screen for {type}.
        لا شاشة لـ {type}.
        Nobody is signed in.
        لم يسجّل أحد الدخول.
        This console is read-only; lift it with :elevate 10m REASON.
        هذه الطرفية للقراءة فقط؛ ارفع القيد بالأمر \u{200E}:elevate 10m REASON.
        Only operators may do this.
        لا يجوز هذا إلا للمشغّلين.
        The role {role} lacks {permission}.
        الدور {role} تنقصه {permission}.
        No tenant is open.
        لا مستأجر مفتوح.
        No tenant is open. Write its slug behind the command.
        لا مستأجر مفتوح. اكتب اسمه المختصر بعد الأمر.
        Open a support session first ({key}).
        افتح جلسة دعم أولًا ({key}).
        This support session is read-only; open one that may write ({key}).
        جلسة الدعم هذه للقراءة فقط؛ افتح جلسة لها أن تكتب ({key}).
        In a support session {role} lacks {permission}.
        في جلسة الدعم تنقص {role} صلاحية {permission}.
        An empty command does nothing.
        الأمر الفارغ لا يفعل شيئًا.
        Try :tenants or :help.
        جرّب \u{200E}:tenants أو \u{200E}:help.
        Which tenant?
        أي مستأجر؟
        Write :tenant and its slug.
        اكتب \u{200E}:tenant واسمه المختصر.
        Which theme?
        أي مظهر؟
        Write :theme and its name.
        اكتب \u{200E}:theme واسمه.
        There is no command "{name}".
        لا أمر باسم «{name}».
        Did you mean :{name}?
        أتقصد \u{200E}:{name}؟
        ? lists what there is.
        \u{200F}? يعرض ما هو موجود.
        The command {name} takes nothing behind it.
        الأمر {name} لا يأخذ شيئًا بعده.
        Which mail address?
        أي عنوان بريد؟
        Write :attempts ada@example.org.
        اكتب \u{200E}:attempts ada@example.org.
        For how long?
        كم المدة؟
        Write :elevate 10m REASON, with 1 to 60 minutes.
        اكتب \u{200E}:elevate 10m REASON، من 1 إلى 60 دقيقة.
        A reason is needed.
        يلزم سبب.
        Write :elevate {minutes}m and why.
        اكتب \u{200E}:elevate {minutes}m والسبب.
        {action} is not for this screen; it is for {places}.
        \u{200F}{action} ليس لهذه الشاشة؛ بل لـ {places}.
        You are a member of no tenant named "{slug}".
        لست عضوًا عند مستأجر باسم «{slug}».
        This screen has one order only.
        لهذه الشاشة ترتيب واحد فقط.
        No order named "{name}" exists. There are {orders}.
        لا ترتيب باسم «{name}». الموجود: {orders}.
        No theme named "{name}" exists. There are {themes}.
        لا مظهر باسم «{name}». الموجود: {themes}.
        There is no filter "{key}:".
        لا مرشح باسم «{key}:».
        There are {words}.
        الموجود: {words}.
        There is no filter "{key}:". There are {words}.
        لا مرشح باسم «{key}:». الموجود: {words}.
        The filter {key}: needs a value.
        المرشح {key}: يحتاج إلى قيمة.
        The filter {key}: needs a value. Such as {key}:…
        المرشح {key}: يحتاج إلى قيمة. مثل {key}:…
        The filter {key}: occurs twice.
        المرشح {key}: مكرر.
        The filter {key}: occurs twice. Leave one of them out.
        المرشح {key}: مكرر. احذف أحدهما.
        There is no {key} "{text}".
        لا {key} باسم «{text}».
        "{text}" is no time.
        «{text}» ليس وقتًا.
        Write 2026-03-01, 2026-03-01T10:00:00Z, 7d, 12h or 30m.
        اكتب 2026-03-01 أو 2026-03-01T10:00:00Z أو 7d أو 12h أو 30m.
        Nobody here is called "{text}".
        لا أحد هنا اسمه «{text}».
        Several people fit "{text}".
        عدة أشخاص يطابقون «{text}».
        Your role may not search the platform's people.
        لا يسمح دورك بالبحث في أشخاص المنصة.
        Write actor:me, or an id.
        اكتب actor:me، أو معرّفًا.
        Write the whole mail address, or an id.
        اكتب عنوان البريد كاملًا، أو معرّفًا.
        Deleted artifacts cannot be searched by words.
        لا يُبحث في الوثائق المحذوفة بالكلمات.
        The audit trail has no search for "{word}".
        لا بحث في سجل التدقيق عن «{word}».
        """
}
