extension ArabicPhrases {
    /// Keys that can be others, taking changes back, and leaving what was written.
    static let keys = """
        The change is being taken back already.
        يجري التراجع عن التغيير بالفعل.
        Take it back
        تراجع عنه
        Takes back 1 change: {*label}.
        يتراجع عن تغيير واحد: {*label}.
        Both are on record. Undone by: making the change again.
        كلاهما مسجّل. يُتراجع عنه بإجراء التغيير من جديد.
        Both are on record. Undone by: making the changes again.
        كلاهما مسجّل. يُتراجع عنه بإجراء التغييرات من جديد.
        Throw away what you wrote? It is saved nowhere.
        أتتخلص مما كتبت؟ ليس محفوظًا في أي مكان.
        Throw away
        تخلّص منه
        Stopped waiting; the change may have been made.
        أُوقف الانتظار؛ وربما تمّ التغيير.
        What you typed is kept.
        ما كتبته محفوظ.
        The list waits for the pager until this is closed.
        القائمة تنتظر القارئ حتى يُغلق هذا.
        Throw away what you typed?   {yes} throws it away   {no} goes on
        أتتخلص مما كتبت؟   {yes} يتخلص منه   {no} يتابع
        {key} shows the plan again
        {key} يعرض الخطة من جديد
        letters search   {up} {down} move   {go} picks   {leave} closes the list
        الحروف تبحث   {up} {down} تنقل   {go} يختار   {leave} يغلق القائمة
        Stopping after this one …   {key} does not wait for it
        يتوقف بعد هذا …   {key} لا ينتظره
        {key} stops before the next one
        {key} يتوقف قبل التالي
        {close} close
        {close} إغلاق
        {close} close   {again} try the rest again
        {close} إغلاق   {again} محاولة الباقي
        {close} close   {undo} takes back what was done
        {close} إغلاق   {undo} يتراجع عما جرى
        {close} close   {again} try the rest again   {undo} takes back what was done
        {close} إغلاق   {again} محاولة الباقي   {undo} يتراجع عما جرى
        AI calls of the tenant, or of the one named
        استدعاءات الذكاء الاصطناعي للمستأجر، أو لمن يُسمّى
        AI alerts of the tenant, or of the one named
        تنبيهات الذكاء الاصطناعي للمستأجر، أو لمن يُسمّى
        nothing fits; what you typed can be taken
        لا شيء يطابق؛ ويمكن أخذ ما كتبته
        """
}
