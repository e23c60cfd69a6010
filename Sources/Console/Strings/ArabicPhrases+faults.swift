extension ArabicPhrases {
    /// What is wrong with a field.
    static let faults = """
        is in {*got}, but the budget counts {*wanted}; write {example}
        بوحدة {got}، والميزانية تعد {wanted}؛ اكتب {example}
        is larger than what can be counted
        أكبر مما يُعد
        is nobody's mail address here
        ليس عنوان بريد أحد هنا
        is not your password
        ليست كلمة مرورك
        must be {#from} to {#to} tokens
        يجب أن يكون من {from} إلى {to} رمز
        must be {#most} at most
        يجب ألا يزيد على {most}
        must each begin at a number of tokens of its own
        يجب أن تبدأ كل واحدة عند عدد رموز يخصها
        must begin at another number of tokens than the tiers before
        يجب أن تبدأ عند عدد رموز غير ما في الشرائح السابقة
        must be such as 200000:$6/M:$22.50/M: the tokens above which it holds, the price of \
        input, that of output
        يجب أن تكون مثل \u{200E}200000:$6/M:$22.50/M: الرموز التي تسري فوقها، ثم سعر القراءة، \
        ثم سعر الكتابة
        must be 0 to 100 USD for a request
        يجب أن يكون من 0 إلى 100 دولار للطلب
        must be 0 to 10000 USD for a million tokens; check the unit
        يجب أن يكون من 0 إلى 10000 دولار لمليون وحدة؛ تحقق من الوحدة
        must be 0 to 2592000 (30 days)
        يجب أن يكون من 0 إلى 2592000 (30 يومًا)
        must be {#a} to {#b}
        يجب أن يكون من {a} إلى {b}
        must be {#a} to {#b}; got {c}
        يجب أن يكون من {a} إلى {b}؛ جاء {c}
        must be 3 to 63 lower-case letters, digits and single hyphens
        يجب أن يكون من 3 إلى 63 حرفًا صغيرًا أو رقمًا أو شرطة مفردة
        must be 3 to 63 lower-case letters, digits and single hyphens, such as acme-charity
        يجب أن يكون من 3 إلى 63 حرفًا صغيرًا أو رقمًا أو شرطة مفردة، مثل acme-charity
        must be USD for a million tokens as a decimal text such as "0.15"
        يجب أن يكون بالدولار لمليون وحدة رقمًا عشريًا مثل «0.15»
        must be UTF-8
        يجب أن يكون بترميز UTF-8
        must be a JSON object
        يجب أن يكون كائن JSON
        must be a mail address such as ada@example.org
        يجب أن يكون عنوان بريد مثل ada@example.org
        must be a whole number that fits
        يجب أن يكون عددًا صحيحًا يتسع له المكان
        must be a {*noun} that exists
        يجب أن يكون موجودًا ({noun})
        must be active or suspended
        يجب أن يكون active أو suspended
        must be among {list}; got "{text}"
        يجب أن يكون من {list}؛ جاء «{text}»
        must be an active member of the workspace
        يجب أن يكون عضوًا نشطًا في مساحة العمل
        must be an amount such as $0.01, with at most nine decimals
        يجب أن يكون مبلغًا مثل $0.01، بتسع منازل عشرية على الأكثر
        must be an amount such as $25, 25 USD or 2M tokens
        يجب أن يكون مقدارًا مثل $25 أو 25 USD أو 2M tokens
        must be after from, by at most 366 days
        يجب أن يكون بعد from بـ 366 يومًا على الأكثر
        must be another one than the current one
        يجب أن تكون غير الحالية
        must be at most 10 rising percentages from 1 to 100
        يجب أن تكون 10 نسب متصاعدة على الأكثر من 1 إلى 100
        must be at most 20
        يجب أن تكون 20 على الأكثر
        must be at most 366 days ahead, or be left out
        يجب أن يكون بعد 366 يومًا على الأكثر، أو يُترك
        must be at most {#n}
        يجب أن يكون {n} على الأكثر
        must be at most {#n}; got {c}
        يجب أن يكون {n} على الأكثر؛ جاء {c}
        must be given
        يجب أن يُعطى
        must be in the future
        يجب أن يكون في المستقبل
        must be left out: the budget is the whole workspace's
        يجب أن يُترك: الميزانية لمساحة العمل كلها
        must be names of permissions such as artifact.read; got "{text}"
        يجب أن تكون أسماء صلاحيات مثل artifact.read؛ جاء «{text}»
        must be one of en, ar
        يجب أن يكون en أو ar
        must be one of free, pro, enterprise; got "{text}"
        يجب أن يكون free أو pro أو enterprise؛ جاء «{text}»
        must be one of {list}
        يجب أن يكون من: {list}
        must be one of {list}, or a role of this workspace; got "{text}"
        يجب أن يكون من: {list}، أو دورًا لمساحة العمل؛ جاء «{text}»
        must be somebody else
        يجب أن يكون شخصًا آخر
        must be the id of a member
        يجب أن يكون معرّف عضو
        must be the slug of this workspace
        يجب أن يكون الاسم المختصر لمساحة العمل هذه
        must have 1 to 50 letters, digits, dots, dashes or underscores
        يجب أن يكون من 1 إلى 50 حرفًا أو رقمًا أو نقطة أو شرطة أو شرطة سفلية
        must be the id of an API key
        يجب أن يكون معرّف مفتاح API
        must be the name or id of an API key
        يجب أن يكون اسم مفتاح API أو معرّفه
        must be an id: {#n} API keys have this name
        يجب أن يكون معرّفًا: {n} من مفاتيح API لها هذا الاسم
        must be the slug of a storefront
        يجب أن يكون الاسم المختصر لواجهة متجر
        must be a purpose that calls name, such as chat
        يجب أن يكون غرضًا تسميه الاستدعاءات، مثل chat
        must be the id of a model
        يجب أن يكون معرّف نموذج
        must be the mail address or id of a member
        يجب أن يكون عنوان بريد عضو أو معرّفه
        must be valid UTF-8 without NUL characters
        يجب أن يكون UTF-8 سليمًا بلا محارف NUL
        must be the new owner's address, as a confirmation
        يجب أن يكون عنوان المالك الجديد، تأكيدًا
        must be a time zone such as Asia/Kuwait, or UTC
        يجب أن تكون منطقة زمنية مثل \u{200E}Asia/Kuwait أو UTC
        must be your password
        يجب أن تكون كلمة مرورك
        must be a code of your second factor
        يجب أن يكون رمزًا من عاملك الثاني
        must be your own mail address
        يجب أن يكون عنوان بريدك أنت
        must contain something that can be seen
        يجب أن يكون فيه ما يُرى
        must have 1 to 50 characters and no colon
        يجب أن يكون من 1 إلى 50 حرفًا بلا نقطتين
        must have {#a} to {#b} characters each
        يجب أن يكون كل منها من {a} إلى {b} حرفًا
        must have {#a} to {#b} characters
        يجب أن يكون من {a} إلى {b} حرفًا
        must have {#a} to {#b} characters; got {c}
        يجب أن يكون من {a} إلى {b} حرفًا؛ جاء {c}
        must have a field to change
        يجب أن يكون فيه حقل يُغيَّر
        must have at least one field to change
        يجب أن يكون فيه حقل واحد يُغيَّر على الأقل
        must have at most {#n} bytes
        يجب أن يكون {n} بايت على الأكثر
        must have at most {#n} bytes; got {c}
        يجب أن يكون {n} بايت على الأكثر؛ جاء {c}
        must have at most {#n} characters
        يجب أن يكون {n} حرفًا على الأكثر
        must have at most {#n} words
        يجب أن يكون {n} كلمة على الأكثر
        must have at most nine decimals and fit
        يجب ألا يزيد على تسع منازل عشرية وأن يتسع له المكان
        must have at most six decimals of a USD for a million tokens
        يجب ألا يزيد على ست منازل من الدولار لمليون وحدة
        must have name, rank or permissions
        يجب أن يكون فيه اسم أو رتبة أو صلاحيات
        must lie ahead
        يجب أن يكون قادمًا
        must be 1 to 100 names of alerts
        يجب أن تكون من 1 إلى 100 اسم من أسماء التنبيهات
        must be names of alerts, as the list of alerts has them
        يجب أن تكون أسماء تنبيهات كما في قائمتها
        must name each alert once
        يجب أن يُذكر كل تنبيه مرة واحدة
        must name 1 to 100 permissions
        يجب أن يسمي من 1 إلى 100 صلاحية
        must name at least one
        يجب أن يسمي واحدًا على الأقل
        must not be combined with deleted
        لا يجتمع مع المحذوف
        must not be empty
        يجب ألا يكون فارغًا
        must not be in the past: calls were charged by then
        يجب ألا يكون في الماضي: حُسبت الاستدعاءات حينها
        must not be negative
        يجب ألا يكون سالبًا
        must not be negative, and soft must not exceed hard
        يجب ألا يكون سالبًا، وألا يتجاوز المرن الصارم
        must not be the name of another kind of role, or an id
        يجب ألا يكون اسم نوع آخر من الأدوار ولا معرّفًا
        must not be the reserved word {word}
        يجب ألا يكون الكلمة المحجوزة {word}
        must not begin with a mark or an invisible character
        يجب ألا يبدأ بعلامة أو محرف لا يُرى
        must not contain NUL characters
        يجب ألا يحوي محارف NUL
        must not contain a colon or a slash
        يجب ألا يحوي نقطتين أو شرطة مائلة
        must not contain characters that turn the direction of text
        يجب ألا يحوي محارف تقلب اتجاه النص
        must not contain commas; got '{text}'
        يجب ألا يحوي فواصل؛ جاء «{text}»
        must not contain control characters
        يجب ألا يحوي محارف تحكم
        must not exceed hard
        يجب ألا يتجاوز الصارم
        must not hold "{permission}", which no key has
        يجب ألا يحمل «{permission}»، فلا مفتاح يحملها
        must not hold {permissions}
        يجب ألا يحمل {permissions}
        must not limit {permissions} to one's own
        يجب ألا يقصر {permissions} على ما للمرء
        must not look like an id
        يجب ألا يشبه معرّفًا
        must say its unit: write {example}
        يجب أن يذكر وحدته: اكتب {example}
        must with the overage allowance not exceed the plan's {n} tokens a month
        يجب ألا يتجاوز مع السماح وحدات الخطة في الشهر وعددها {n}
        or locale must be given
        أو locale يجب أن يُعطى
        or status must be given
        أو status يجب أن يُعطى
        """
}
