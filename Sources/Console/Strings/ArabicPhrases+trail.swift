extension ArabicPhrases {
    /// Following, exporting and kept filters.
    static let trail = """
        Nothing with events of its own is selected.
        لم يُحدد شيء له أحداث.
        Follow the trail: new events are announced, or shown at the top.
        تابع السجل: تُعلن الأحداث الجديدة أو تظهر في الأعلى.
        Nothing new fits a filter that ends in the past.
        لا جديد يطابق مرشحًا ينتهي في الماضي.
        as of
        كما كان
        Show the trail as it was at a time.
        اعرض السجل كما كان في وقت معين.
        unfold
        بسط
        Open what stayed the same below the cursor, or close it again.
        افتح ما بقي على حاله تحت المؤشر، أو أغلقه من جديد.
        unfold all
        بسط الكل
        Open everything that stayed the same, or close it again.
        افتح كل ما بقي على حاله، أو أغلقه من جديد.
        keep filter
        حفظ المرشح
        Give the filter a name and keep it on this machine.
        سمِّ المرشح واحفظه على هذا الجهاز.
        There is no filter to keep.
        لا مرشح يُحفظ.
        kept filters
        المرشحات المحفوظة
        Use or forget a filter that was kept.
        استخدم مرشحًا محفوظًا أو انسه.
        No filter was kept here; + keeps one.
        لم يُحفظ مرشح هنا؛ و+ يحفظ واحدًا.
        export
        تصدير
        Write what is filtered to a file, as CSV or JSON lines.
        اكتب المعروض بعد التصفية في ملف، بصيغة CSV أو أسطر JSON.
        An export is under way; {key} stops it.
        تصدير جارٍ؛ و{key} يوقفه.
        pager
        القارئ
        Read what is filtered in the program that PAGER names.
        اقرأ المعروض بعد التصفية في البرنامج الذي يسميه PAGER.
        Kept the filter as "{name}"; {key} shows it.
        حُفظ المرشح باسم «{name}»؛ و{key} يعرضه.
        Forgot the filter "{name}".
        نُسي المرشح «{name}».
        Keep this filter
        حفظ هذا المرشح
        "{text}" gets a name; a kept one of the same name gives way.
        يأخذ «{text}» اسمًا؛ ويحل محل محفوظ بالاسم نفسه.
        denied this week
        denied هذا الأسبوع
        Kept filters
        المرشحات المحفوظة
        They are kept on this machine, for you.
        محفوظة على هذا الجهاز، لك.
        Filter
        المرشح
        Do
        الفعل
        use it
        استخدمه
        forget it
        انسه
        Stopped the export; no file was kept.
        أُوقف التصدير؛ ولم يُحفظ ملف.
        Wrote {*rows} to {file}, with a signed digest beside it.
        كُتبت {*rows} في {file}، وبجانبه خلاصة موقّعة.
        Wrote {*rows} to {file}.
        كُتبت {*rows} في {file}.
        Exporting … {*rows}
        جار التصدير … {*rows}
        Exporting {bar}
        جار التصدير {bar}
        {key} stops
        {key} يوقف
        Export {*title}
        تصدير {*title}
        Writes all of the list to a new file; nothing is overwritten.
        يكتب القائمة كلها في ملف جديد؛ ولا يُستبدل شيء.
        Writes what fits "{filter}" to a new file; nothing is overwritten.
        يكتب ما يطابق «{filter}» في ملف جديد؛ ولا يُستبدل شيء.
        A signed digest is written beside it, and the trail says so.
        تُكتب بجانبه خلاصة موقّعة، ويذكر السجل ذلك.
        Only you can read the file.
        لا يقرأ الملف غيرك.
        Format
        الصيغة
        File
        الملف
        from where the console was started
        من حيث شُغّلت الطرفية
        must name a file
        يجب أن يسمي ملفًا
        Stopped verifying; {key} begins anew.
        أُوقف التحقق؛ و{key} يبدأ من جديد.
        Verifying the chain … {bar}{count} checked, {key} stops
        جار التحقق من السلسلة … {bar}{count}، و{key} يوقف
        Following; F stops it.
        متابعة جارية؛ وF يوقفها.
        No longer following.
        توقفت المتابعة.
        Nothing is folded here: all of it was changed.
        لا شيء مطويّ هنا: فكله تغيّر.
        Audit as of {time}
        التدقيق كما كان {time}
        Platform audit
        تدقيق المنصة
        Platform audit as of {time}
        تدقيق المنصة كما كان {time}
        Event of the platform's audit
        حدث من تدقيق المنصة
        ● following
        ● متابعة
        """
}
