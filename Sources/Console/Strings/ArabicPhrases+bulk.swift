extension ArabicPhrases {
    /// What is done to several rows.
    static let bulk = """
        Suspend {#n} tenants
        إيقاف المستأجرين ({n})
        Suspend 1 tenant
        إيقاف مستأجر واحد
        Suspend {#n} tenants: {names}.
        إيقاف المستأجرين ({n}): {names}.
        Suspend 1 tenant: {names}.
        إيقاف مستأجر واحد: {names}.
        Resume {#n} tenants
        استئناف المستأجرين ({n})
        Resume 1 tenant
        استئناف مستأجر واحد
        Resume {#n} tenants: {names}.
        استئناف المستأجرين ({n}): {names}.
        Resume 1 tenant: {names}.
        استئناف مستأجر واحد: {names}.
        Suspend {#n} members
        إيقاف الأعضاء ({n})
        Suspend 1 member
        إيقاف عضو واحد
        Suspend {#n} members: {names}.
        إيقاف الأعضاء ({n}): {names}.
        Suspend 1 member: {names}.
        إيقاف عضو واحد: {names}.
        Reactivate {#n} members
        تفعيل الأعضاء ({n})
        Reactivate 1 member
        تفعيل عضو واحد
        Reactivate {#n} members: {names}.
        تفعيل الأعضاء ({n}): {names}.
        Reactivate 1 member: {names}.
        تفعيل عضو واحد: {names}.
        Remove {#n} members
        إزالة الأعضاء ({n})
        Remove 1 member
        إزالة عضو واحد
        Remove {#n} members: {names}.
        إزالة الأعضاء ({n}): {names}.
        Remove 1 member: {names}.
        إزالة عضو واحد: {names}.
        Disable {#n} users
        تعطيل المستخدمين ({n})
        Disable 1 user
        تعطيل مستخدم واحد
        Disable {#n} users: {names}.
        تعطيل المستخدمين ({n}): {names}.
        Disable 1 user: {names}.
        تعطيل مستخدم واحد: {names}.
        Enable {#n} users
        تفعيل المستخدمين ({n})
        Enable 1 user
        تفعيل مستخدم واحد
        Enable {#n} users: {names}.
        تفعيل المستخدمين ({n}): {names}.
        Enable 1 user: {names}.
        تفعيل مستخدم واحد: {names}.
        End the sessions of {#n} users
        إنهاء جلسات المستخدمين ({n})
        End the sessions of 1 user
        إنهاء جلسات مستخدم واحد
        End the sessions of {#n} users: {names}.
        إنهاء جلسات المستخدمين ({n}): {names}.
        End the sessions of 1 user: {names}.
        إنهاء جلسات مستخدم واحد: {names}.
        End {#n} sessions
        إنهاء الجلسات ({n})
        End 1 session
        إنهاء جلسة واحدة
        End {#n} sessions: {names}.
        إنهاء الجلسات ({n}): {names}.
        End 1 session: {names}.
        إنهاء جلسة واحدة: {names}.
        Delete {#n} artifacts
        حذف الوثائق ({n})
        Delete 1 artifact
        حذف وثيقة واحدة
        Delete {#n} artifacts: {names}.
        حذف الوثائق ({n}): {names}.
        Delete 1 artifact: {names}.
        حذف وثيقة واحدة: {names}.
        Restore {#n} artifacts
        استرجاع الوثائق ({n})
        Restore 1 artifact
        استرجاع وثيقة واحدة
        Restore {#n} artifacts: {names}.
        استرجاع الوثائق ({n}): {names}.
        Restore 1 artifact: {names}.
        استرجاع وثيقة واحدة: {names}.
        Revoke {#n} keys
        إبطال المفاتيح ({n})
        Revoke 1 key
        إبطال مفتاح واحد
        Revoke {#n} keys: {names}.
        إبطال المفاتيح ({n}): {names}.
        Revoke 1 key: {names}.
        إبطال مفتاح واحد: {names}.
        Send again {#n} invitations
        إعادة إرسال الدعوات ({n})
        Send again 1 invitation
        إعادة إرسال دعوة واحدة
        Send again {#n} invitations: {names}.
        إعادة إرسال الدعوات ({n}): {names}.
        Send again 1 invitation: {names}.
        إعادة إرسال دعوة واحدة: {names}.
        Take back {#n} invitations
        سحب الدعوات ({n})
        Take back 1 invitation
        سحب دعوة واحدة
        Take back {#n} invitations: {names}.
        سحب الدعوات ({n}): {names}.
        Take back 1 invitation: {names}.
        سحب دعوة واحدة: {names}.
        Acknowledge {#n} alerts
        الإقرار بـ التنبيهات ({n})
        Acknowledge 1 alert
        الإقرار بـ تنبيه واحد
        Acknowledge {#n} alerts: {names}.
        الإقرار بـ التنبيهات ({n}): {names}.
        Acknowledge 1 alert: {names}.
        الإقرار بـ تنبيه واحد: {names}.
        End {#n} calls
        إنهاء الاستدعاءات ({n})
        End 1 call
        إنهاء استدعاء واحد
        End {#n} calls: {names}.
        إنهاء الاستدعاءات ({n}): {names}.
        End 1 call: {names}.
        إنهاء استدعاء واحد: {names}.
        Tag {#n} artifacts
        وسم الوثائق ({n})
        Tag 1 artifact
        وسم وثيقة واحدة
        Tag {#n} artifacts: {names}.
        وسم الوثائق ({n}): {names}.
        Tag 1 artifact: {names}.
        وسم وثيقة واحدة: {names}.
        Take back {#n} changes
        التراجع عن التغييرات ({n})
        Take back 1 change
        التراجع عن تغيير واحد
        Take back {#n} changes: {names}.
        التراجع عن التغييرات ({n}): {names}.
        Take back 1 change: {names}.
        التراجع عن تغيير واحد: {names}.
        Locks out their members and every API key at once. Nothing is deleted.
        يمنع أعضاءهم وكل مفاتيح API في الحال. لا يُحذف شيء.
        Undone by: undo right after, or resume.
        يُتراجع عنه: بالتراجع مباشرة، أو استئناف.
        Lets their members and API keys in again.
        يعيد دخول أعضائهم ومفاتيح API.
        Undone by: undo right after, or suspend.
        يُتراجع عنه: بالتراجع مباشرة، أو إيقاف.
        Locks them out of {tenant}.
        يمنعهم من {tenant}.
        They get into {tenant} again.
        يدخلون {tenant} ثانية.
        Undone by: undo right after, or the same key once more.
        يُتراجع عنه: بالتراجع مباشرة، أو المفتاح نفسه ثانية.
        Ends their memberships of {tenant} and frees their seats. What they made stays.
        ينهي عضوياتهم في {tenant} ويحرر مقاعدهم. ويبقى ما أنشأوه.
        Undone by: adding them again.
        يُتراجع عنه: بإضافتهم ثانية.
        Every session of theirs ends, and nobody signs in as them.
        تنتهي كل جلساتهم، ولا يدخل أحد باسمهم.
        They may sign in again. Old sessions stay ended.
        لهم الدخول ثانية. وتبقى الجلسات القديمة منتهية.
        They may sign in anew. It cannot be undone.
        لهم الدخول من جديد. لا يُتراجع عنه.
        Whoever uses them is out with the next request.
        من يستعملها يخرج مع الطلب التالي.
        Undone by: signing in there again.
        يُتراجع عنه: بالدخول هناك ثانية.
        Their history stays. Undone by: undo right after, or restore.
        يبقى تاريخها. يُتراجع عنه: بالتراجع مباشرة، أو استرجاع.
        Ends them for good, on their very next request. It cannot be undone.
        ينهيها نهائيًا، مع طلبها التالي. لا يُتراجع عنه.
        Sends each a mail with another link; the links of the earlier mails stop working.
        يرسل لكل منهم بريدًا برابط آخر؛ وتتوقف روابط البريد السابق.
        Frees their seats; the links of their mails stop working. Undone by: inviting again.
        يحرر مقاعدهم؛ وتتوقف روابط بريدهم. يُتراجع عنه: بالدعوة ثانية.
        Takes them off the list, in your name. The budgets stay as they are. Cannot be undone.
        يزيلها من القائمة باسمك. تبقى الميزانيات كما هي. لا يُتراجع عنه.
        Undone by: undo right after.
        يُتراجع عنه: بالتراجع مباشرة.
        Left out: {#n} rows.
        المتروك، الصفوف: {n}.
        Left out: 1 row.
        المتروك: صف واحد.
        {#n} done
        تم {n}
        {#n} failed
        تعذّر {n}
        {#n} not tried
        لم يُجرَّب {n}
        {#n} left out
        تُرك {n}
        ## A pattern with a rest would not know where the next number begins.
        {#n} done, {#m} failed
        تم {n}، تعذّر {m}
        {#n} done, {#m} not tried
        تم {n}، لم يُجرَّب {m}
        {#n} done, {#m} left out
        تم {n}، تُرك {m}
        {#n} done, {#m} failed, {#k} not tried
        تم {n}، تعذّر {m}، لم يُجرَّب {k}
        {#n} done, {#m} failed, {#k} left out
        تم {n}، تعذّر {m}، تُرك {k}
        {#n} done, {#m} not tried, {#k} left out
        تم {n}، لم يُجرَّب {m}، تُرك {k}
        {#n} done, {#m} failed, {#k} not tried, {#l} left out
        تم {n}، تعذّر {m}، لم يُجرَّب {k}، تُرك {l}
        not tried
        لم يُجرَّب
        left out
        تُرك
        is active
        حالته active
        is suspended
        حالته suspended
        is disabled
        حالته disabled
        """
}
