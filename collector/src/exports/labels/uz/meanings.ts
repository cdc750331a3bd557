/** Uzbek (Latin): what reports and their columns mean, and formulas of the service level, by their English text. */
export const UZ_MEANINGS: Readonly<Record<string, string>> = {
  'answered within T / answered': 'T ichida qabul qilingan / qabul qilingan',
  'answered within T / offered': 'T ichida qabul qilingan / kirgan',
  'answered within T / (offered − abandoned within T)':
    'T ichida qabul qilingan / (kirgan − T ichida tashlab ketgan)',
  '(answered within T + abandoned within T) / offered':
    '(T ichida qabul qilingan + T ichida tashlab ketgan) / kirgan',
  '(answered − answered late) / (answered + abandoned)':
    '(qabul qilingan − kech qabul qilingan) / (qabul qilingan + tashlab ketgan)',
  'answered within T / (answered + abandoned after T)':
    'T ichida qabul qilingan / (qabul qilingan + T dan keyin tashlab ketgan)',
  'answered within T / (answered + abandoned + left by key)':
    'T ichida qabul qilingan / (qabul qilingan + tashlab ketgan + tugma bilan chiqqan)',
  'answered within T / (answered + abandoned beyond the short-abandon threshold + sent on elsewhere)':
    'T ichida qabul qilingan / (qabul qilingan + qisqa chegaradan keyin tashlab ketgan + boshqa joyga yuborilgan)',
  'Local day, in the zone of the report': 'Hisobot vaqt mintaqasidagi mahalliy kun',
  'Name of the PBX': 'ATS nomi',
  'Name of the member on the PBX': 'ATSdagi navbat a’zosi nomi',
  'Display name, else the name on the PBX': 'Ko‘rsatiladigan nom, bo‘lmasa ATSdagi nom',
  'When the agent became a member of a queue; the beginning of the day for who was one already; null: nothing told':
    'Operator navbatga kirgan vaqt; avvaldan kirgan bo‘lsa, kun boshi; bo‘sh: xabar berilmagan',
  'When the agent left the last queue; the end of the day for who stayed; null: still logged in, or nothing told':
    'Operator oxirgi navbatdan chiqqan vaqt; qolgan bo‘lsa, kun oxiri; bo‘sh: hali tizimda yoki xabar berilmagan',
  'Stretches of login in the day (union over queues)':
    'Kun davomidagi ish bo‘laklari (navbatlar birlashmasi)',
  'Calls taken, counted where the caller entered':
    'Qabul qilingan qo‘ng‘iroqlar, abonent kirgan vaqt bo‘yicha',
  'Ringings the agent let end': 'Operator javob bermagan chaqiruvlar',
  'Member of at least one queue (measured, split at the edges of the slot)':
    'Kamida bitta navbat a’zosi (o‘lchangan, oraliq chegaralarida bo‘lingan)',
  'Time in queue calls, two at once counted once (measured, split at the edges of the slot)':
    'Navbat qo‘ng‘iroqlaridagi vaqt, ikkitasi birga — bir marta (o‘lchangan, oraliq chegaralarida bo‘lingan)',
  'Time with the caller on hold; a part of the talk (measured, split at the edges of the slot)':
    'Abonent kutish rejimida turgan vaqt; suhbatning bir qismi (o‘lchangan, oraliq chegaralarida bo‘lingan)',
  'After calls, as configured per queue (measured, split at the edges of the slot)':
    'Qo‘ng‘iroqlardan keyin, navbat sozlamasi bo‘yicha (o‘lchangan, oraliq chegaralarida bo‘lingan)',
  'Time the phone rang for queue calls (measured, split at the edges of the slot)':
    'Navbat qo‘ng‘iroqlari uchun telefon jiringlagan vaqt (o‘lchangan, oraliq chegaralarida bo‘lingan)',
  'Phone in use without a queue call (measured, split at the edges of the slot)':
    'Telefon navbatdan tashqari qo‘ng‘iroqda (o‘lchangan, oraliq chegaralarida bo‘lingan)',
  'Paused in at least one queue (measured, split at the edges of the slot)':
    'Kamida bitta navbatda tanaffusda (o‘lchangan, oraliq chegaralarida bo‘lingan)',
  'Reason → seconds paused for it in at least one queue; no reason = ""':
    'Sabab → kamida bitta navbatda shu sabab bilan tanaffus soniyalari; sababsiz = ""',
  'Paused in all queues the agent was a member of (measured, split at the edges of the slot)':
    'O‘zining barcha navbatlarida tanaffusda (o‘lchangan, oraliq chegaralarida bo‘lingan)',
  'Logged in with no phone that could be reached (measured, split at the edges of the slot)':
    'Tizimda, lekin hech bir telefoniga ulanib bo‘lmaydi (o‘lchangan, oraliq chegaralarida bo‘lingan)',
  'Login without full pause, ringing, talk, wrap-up, other calls and unreachable phone (measured, split at the edges of the slot)':
    'Tizimdagi vaqt: to‘liq tanaffus, jiringlash, suhbat, ishlov, boshqa qo‘ng‘iroqlar va aloqasizliksiz (o‘lchangan, oraliq chegaralarida bo‘lingan)',
  '(talk + wrap-up) / (talk + wrap-up + ready), measured':
    '(suhbat + ishlov) / (suhbat + ishlov + tayyor), o‘lchangan',
  'Ringings the event stream showed; null where only the log is known':
    'Hodisalar oqimi ko‘rsatgan chaqiruvlar; faqat jurnal ma’lum bo‘lsa, bo‘sh',
  'Sum of all outcomes: the offers whose end is known': 'Barcha natijalar yig‘indisi: oxiri ma’lum takliflar',
  'The caller left the queue while the agent rang': 'Chaqiruv paytida abonent navbatdan chiqdi',
  'The agent let it ring until it ended': 'Operator chaqiruv tugaguncha javob bermadi',
  'The phone was busy; null where only the log is known':
    'Telefon band edi; faqat jurnal ma’lum bo‘lsa, bo‘sh',
  'The agent refused the call; null where only the log is known':
    'Operator qo‘ng‘iroqni rad etdi; faqat jurnal ma’lum bo‘lsa, bo‘sh',
  'Another agent took the call; null where only the log is known':
    'Qo‘ng‘iroqni boshqa operator oldi; faqat jurnal ma’lum bo‘lsa, bo‘sh',
  'The phone could not be reached; null where only the log is known':
    'Telefonga ulanib bo‘lmadi; faqat jurnal ma’lum bo‘lsa, bo‘sh',
  'Answered and hung up before the caller was joined': 'Javob berib, abonent ulanguncha go‘shakni qo‘ydi',
  'Answered / outcomes': 'Qabul qilingan / natijalar',
  'Caller gave up / outcomes': 'Abonent kutmadi / natijalar',
  'Not answered / outcomes': 'Javob bermadi / natijalar',
  'Busy / outcomes': 'Band / natijalar',
  'Rejected / outcomes': 'Rad etildi / natijalar',
  'Lost race / outcomes': 'Boshqasi javob berdi / natijalar',
  'Unavailable / outcomes': 'Mavjud emas / natijalar',
  'Dumps / outcomes': 'Uzib yuborildi / natijalar',
  'Answered / (answered + not answered): what the agent had in hand':
    'Qabul qilingan / (qabul qilingan + javob bermadi): operatorga bog‘liq qismi',
  'Time it rang when not answered / not answered': 'Javobsiz jiringlash vaqti / javob bermadi',
  'Name of the queue on the PBX': 'ATSdagi navbat nomi',
  "Answered by the agent / answered by anybody, of the queue's visits":
    'Operator qabul qilgan / hamma qabul qilgan, navbat tashriflaridan',
  'Ringings; null where only the log is known': 'Chaqiruvlar; faqat jurnal ma’lum bo‘lsa, bo‘sh',
  'The caller left while it rang': 'Jiringlash paytida abonent ketdi',
  'The phone was busy': 'Telefon band edi',
  'The agent refused the call': 'Operator qo‘ng‘iroqni rad etdi',
  'Another agent took the call': 'Qo‘ng‘iroqni boshqa operator oldi',
  'Answered / (answered + not answered)': 'Qabul qilingan / (qabul qilingan + javob bermadi)',
  'Sum of the talk the PBX states, counted where the caller entered':
    'ATS bildirgan suhbatlar yig‘indisi, abonent kirgan vaqt bo‘yicha',
  'Longest talk the PBX states': 'ATS bildirgan eng uzun suhbat',
  'Talk / answered': 'Suhbat / qabul qilingan',
  'Sum of the ring time the PBX states for answered calls':
    'Qabul qilingan qo‘ng‘iroqlarning ATS bildirgan jiringlash vaqti yig‘indisi',
  'The agent hung up': 'Go‘shakni operator qo‘ydi',
  'The caller hung up': 'Go‘shakni abonent qo‘ydi',
  'Blind and attended transfers as the PBX states them':
    'ATS bildirgan ko‘r-ko‘rona va maslahatli o‘tkazishlar',
  'Transfers that really happened': 'Haqiqatda bo‘lgan o‘tkazishlar',
  'Queues in which the agent answered at least one call':
    'Operator kamida bitta qo‘ng‘iroqni qabul qilgan navbatlar',
  'Answered by the agent / answered by anybody, of all queues of the report':
    'Operator qabul qilgan / hamma qabul qilgan, hisobotning barcha navbatlari bo‘yicha',
  'Average handle time: (talk + wrap-up) / answered; hold is inside the talk':
    'O‘rtacha ishlov vaqti: (suhbat + ishlov) / qabul qilingan; kutish rejimi suhbat ichida',
  '(talk + wrap-up) / login, measured': '(suhbat + ishlov) / tizimdagi vaqt, o‘lchangan',
  'Answered / hours of login without full pauses': 'Qabul qilingan / to‘liq tanaffussiz tizimdagi soatlar',
  'Id of this entry into a queue; in the totals, the number of visits':
    'Navbatga shu kirish raqami; jamida — tashriflar soni',
  'Id of the journey: all visits of one caller': 'Yo‘l raqami: bitta abonentning barcha tashriflari',
  'When the caller entered the queue': 'Abonent navbatga kirgan vaqt',
  'Number of the caller': 'Abonent raqami',
  'Name of the caller': 'Abonent ismi',
  'Number the caller dialled': 'Abonent tergan raqam',
  'Who answered': 'Kim qabul qildi',
  '1-based place at entry': 'Kirishdagi o‘rin, 1 dan',
  'Known offers to agents': 'Operatorlarga ma’lum takliflar',
  'Seconds waited, as the PBX states': 'ATS bildirgan kutish',
  'Seconds the answering agent was rung, as stated': 'Javob bergan operatorni chaqirish vaqti, ATS bo‘yicha',
  'When caller and agent were joined': 'Abonent va operator ulangan vaqt',
  'Seconds talked, as the PBX states': 'ATS bildirgan suhbat',
  'Seconds on hold, measured': 'Kutish rejimi, o‘lchangan',
  'Seconds of wrap-up, as configured': 'Qo‘ng‘iroqdan keyingi ish, sozlama bo‘yicha',
  'When the visit was over; null while open': 'Tashrif tugagan vaqt; davom etayotganda bo‘sh',
  'Agent, caller, transfer or unknown': 'Operator, abonent, o‘tkazish yoki noma’lum',
  'Blind or attended': 'Ko‘r-ko‘rona yoki maslahatli',
  'Where the call went': 'Qo‘ng‘iroq qayerga ketdi',
  'Where the recording is': 'Yozuv qayerda',
  'Least wait of the bin': 'Oraliqdagi eng kam kutish',
  'End of the bin (exclusive); empty: the last bin has none':
    'Oraliq oxiri (kirmaydi); bo‘sh: oxirgisida yo‘q',
  'Visits whose wait lies in the bin': 'Kutishi shu oraliqda bo‘lgan tashriflar',
  'Visits of the bin / visits of all bins': 'Oraliq tashriflari / barcha oraliqlar tashriflari',
  'Visits of this bin and those before / visits of all bins':
    'Shu va oldingi oraliqlar tashriflari / barcha tashriflar',
  'Sum of the wait of these visits': 'Bu tashriflar kutishlari yig‘indisi',
  'What says so: the log, the event stream, or less': 'Qayerdan ma’lum: jurnal, hodisalar oqimi yoki kamroq',
  'How the wait ended': 'Kutish qanday tugadi',
  'Stated by the PBX, or assumed': 'ATS bildirgan yoki taxmin qilingan',
  'Left, completed, transferred, restart or gap':
    'Chiqdi, tugadi, o‘tkazildi, qayta ishga tushish yoki uzilish',
  'Id of this row; in the totals, the number of rows': 'Qator raqami; jamida — qatorlar soni',
  'Id of the channel on the PBX; several records can share it':
    'ATSdagi kanal identifikatori; bir necha yozuvda bir xil bo‘lishi mumkin',
  'What the legs of one call have in common, as the PBX states it':
    'Bitta qo‘ng‘iroq qismlarining umumiy belgisi, ATS bo‘yicha',
  'inbound, outbound, internal, or unknown where no rule of the PBX says':
    'Kiruvchi, chiquvchi, ichki; ATS qoidasi bo‘lmasa, noma’lum',
  'When the record begins': 'Yozuv boshlangan vaqt',
  'When it was answered; null: it was not': 'Javob berilgan vaqt; bo‘sh: javob berilmagan',
  'When it was over': 'Tugagan vaqt',
  'Calling number': 'Chaqiruvchi raqam',
  'Number called, where the record ended': 'Chaqirilgan raqam, yozuv tugagan joy',
  'Number the caller dialled: of a call in a queue as known there, else the destination of an inbound call':
    'Abonent tergan raqam: navbatdagi qo‘ng‘iroqda o‘sha yerda ma’lumi, aks holda kiruvchi manzili',
  'Where it came in or went out; null of internal calls': 'Qayerdan kirdi yoki chiqdi; ichkilarida bo‘sh',
  'answered, noAnswer, busy, failed or congestion, as the PBX states':
    'Javob berildi, javob yo‘q, band, amalga oshmadi yoki tarmoq band, ATS bo‘yicha',
  'Seconds from start to end, as the PBX states': 'Boshidan oxirigacha, ATS bo‘yicha',
  'Seconds from answer to end, as the PBX states': 'Javobdan oxirigacha, ATS bo‘yicha',
  'Queues this channel entered, in their order': 'Bu kanal kirgan navbatlar, tartibi bilan',
  'Their display names': 'Ularning ko‘rsatiladigan nomlari',
  'Whose phone it was (by aliases of interfaces): who called out, or who was called; null: not known':
    'Kimning telefoni (taxalluslar bo‘yicha): kim qo‘ng‘iroq qildi yoki kimga; bo‘sh: noma’lum',
  'Calling channel': 'Chaqiruvchi kanal',
  'Called channel': 'Chaqirilgan kanal',
  'Of the dialplan': 'Dialplan konteksti',
  'Last application of the dialplan': 'Dialplanning oxirgi ilovasi',
  'Account code': 'Hisob kodi',
  'What the dialplan wrote into the record': 'Dialplan yozuvga yozgan matn',
  'Id of the journey through queues; null: it entered none': 'Navbatlar bo‘ylab yo‘l raqami; bo‘sh: kirmagan',
  'Where the recording of the talk with an agent is': 'Operator bilan suhbat yozuvi qayerda',
  'Key of the number': 'Ko‘rsatkich kaliti',
  'Name of the number': 'Ko‘rsatkich nomi',
  'count, seconds, ratio (0–1) or number': 'Soni, soniyalar, ulush (0–1) yoki son',
  'In the first set: the period or the names asked for': 'Birinchi to‘plamda: so‘ralgan davr yoki nomlar',
  'In the second set, which the first is compared with': 'Birinchisi taqqoslanadigan ikkinchi to‘plamda',
  'First − second': 'Birinchi − ikkinchi',
  '(First − second) / second; empty when second is 0 or not known':
    '(Birinchi − ikkinchi) / ikkinchi; ikkinchisi 0 yoki noma’lum bo‘lsa, bo‘sh',
  'Number the callers dialled; null: not known': 'Abonentlar tergan raqam; bo‘sh: noma’lum',
  'Calls from the outside, by call records; the sum of answered, not answered, busy and failed':
    'CDR bo‘yicha tashqaridan qo‘ng‘iroqlar; javob berilgan, javobsiz, band va amalga oshmaganlar yig‘indisi',
  'Answered by whatever took the call: a person, an announcement, a queue':
    'Javob bergan: odam, e’lon yoki navbat',
  'It rang until somebody gave up': 'Kimdir kutmaguncha jiringladi',
  'The called side was busy': 'Chaqirilgan tomon band edi',
  'Refused, congested or not to be reached': 'Rad etildi, tarmoq band yoki ulanib bo‘lmadi',
  'Answer-seizure ratio: answered / attempts': 'Javoblar ulushi: javob berilgan / urinishlar',
  'Sum of the seconds from answer to end': 'Javobdan oxirigacha vaqt yig‘indisi',
  'Average call duration: billable time / answered':
    'O‘rtacha davomiylik: hisoblanadigan vaqt / javob berilgan',
  'Billable time / attempts, those without answer included':
    'Hisoblanadigan vaqt / urinishlar, javobsizlar bilan',
  'Attempts / hours of the row': 'Urinishlar / qator soatlari',
  'Callers who entered a queue, at their first entry':
    'Navbatga kirgan abonentlar, birinchi kirishi bo‘yicha',
  'Entries into queues': 'Navbatlarga kirishlar',
  'Entries an agent answered': 'Operator qabul qilgan kirishlar',
  'The caller hung up while waiting': 'Abonent kutayotib go‘shakni qo‘ydi',
  'Answered by agents / (entered − waiting)': 'Operatorlar qabul qilgan / (kirgan − kutmoqda)',
  'Abandoned / (entered − waiting)': 'Tashlab ketgan / (kirgan − kutmoqda)',
  'Average speed of answer: wait of answered / answered by agents':
    'O‘rtacha javob tezligi: qabul qilinganlar kutishi / operatorlar qabul qilgan',
  'Sum of the talk with agents, as stated': 'Operatorlar bilan suhbatlar yig‘indisi, ATS bo‘yicha',
  'Talk / answered by agents': 'Suhbat / operatorlar qabul qilgan',
  'Queue of the first visit of the cluster': 'Zanjirdagi birinchi tashrif navbati',
  'Clusters: chains of calls of one number within the margin':
    'Bitta raqamning muddat ichidagi qo‘ng‘iroqlari zanjiri',
  'Clusters of one contact that was answered': 'Bitta qabul qilingan murojaatdan iborat zanjirlar',
  'Clusters of one answered contact / all clusters':
    'Bitta qabul qilingan murojaatli zanjirlar / barcha zanjirlar',
  'Clusters of more than one contact': 'Bir nechta murojaatli zanjirlar',
  'Contacts of all clusters': 'Barcha zanjirlar murojaatlari',
  '(Contacts − clusters) / contacts: calls that were not the first':
    '(Murojaatlar − zanjirlar) / murojaatlar: birinchi bo‘lmagan qo‘ng‘iroqlar',
  'Clusters whose first contact was not answered': 'Birinchi murojaati qabul qilinmagan zanjirlar',
  'Clusters whose last known contact was not answered': 'Oxirgi ma’lum murojaati qabul qilinmagan zanjirlar',
  'Clusters whose caller may still call again within the margin':
    'Abonenti muddat ichida yana qo‘ng‘iroq qilishi mumkin bo‘lgan zanjirlar',
  'Number of the caller, in one of its spellings': 'Abonent raqami, yozilishlaridan biri',
  'One of the names shown with it': 'U bilan ko‘rsatilgan ismlardan biri',
  'Calls that entered at least one of the queues': 'Navbatlardan kamida bittasiga kirgan qo‘ng‘iroqlar',
  'Entries into the queues': 'Navbatlarga kirishlar',
  'Visits connected to an agent': 'Operator bilan ulangan tashriflar',
  'Visits in which the caller hung up while waiting': 'Abonent kutayotib go‘shakni qo‘ygan tashriflar',
  'Answered / (visits − still waiting)': 'Qabul qilingan / (tashriflar − hali kutmoqda)',
  'Sum of the stated waits': 'ATS bildirgan kutishlar yig‘indisi',
  'Wait / (visits − still waiting)': 'Kutish / (tashriflar − hali kutmoqda)',
  'Sum of the stated talk': 'ATS bildirgan suhbatlar yig‘indisi',
  'First entry in the range': 'Davrdagi birinchi kirish',
  'Last entry in the range': 'Davrdagi oxirgi kirish',
  'How often these callers called in the range': 'Bu abonentlar davrda necha marta qo‘ng‘iroq qilgan',
  'Callers who called so often': 'Shuncha marta qo‘ng‘iroq qilgan abonentlar',
  'Callers / all callers with a number': 'Abonentlar / raqamli barcha abonentlar',
  'Contacts of these callers': 'Bu abonentlar murojaatlari',
  'Contacts / all contacts with a number': 'Murojaatlar / raqamli barcha murojaatlar',
  'Name of the agent or queue on the PBX': 'ATSdagi operator yoki navbat nomi',
  'ISO 8601: 1 = Monday … 7 = Sunday': 'ISO 8601: 1 — dushanba … 7 — yakshanba',
  'Hour of the local clock, 0–23; one that comes twice when clocks are set back is one':
    'Mahalliy soat, 0–23; soat orqaga surilganda takrorlangani bitta hisoblanadi',
  'Callers who entered the queue (one per entry) = sum of all outcomes':
    'Navbatga kirgan abonentlar (har kirish bittadan) = barcha natijalar yig‘indisi',
  'How many days of the range had this hour': 'Davrning nechta kunida bu soat bo‘lgan',
  'Value / days, of counts and time talked; null for all else':
    'Qiymat / kunlar, son va suhbat vaqti uchun; aks holda bo‘sh',
  'Whose phone called; null: nobody known, or by destination':
    'Kimning telefoni qo‘ng‘iroq qildi; bo‘sh: noma’lum yoki manzil bo‘yicha',
  'Number called; null: by agent': 'Chaqirilgan raqam; bo‘sh: operator bo‘yicha',
  'Call records to the outside; the sum of answered, not answered, busy and failed':
    'Chiquvchi CDR yozuvlari; javob berilgan, javobsiz, band va amalga oshmaganlar yig‘indisi',
  'Display name that held at the end of the range or was stored with the lock':
    'Davr oxiridagi yoki yopishda saqlangan ko‘rsatiladigan nom',
  'Calls answered by the agent; of a transferred call each agent has his own part':
    'Operator qabul qilgan qo‘ng‘iroqlar; o‘tkazilganida har kimning o‘z qismi bor',
  'Calls that are paid': 'To‘lanadigan qo‘ng‘iroqlar',
  'Calls with less talk than the minimum': 'Suhbati eng kam chegaradan qisqa qo‘ng‘iroqlar',
  'Calls whose talk is not known (yet); not paid': 'Suhbati (hali) noma’lum qo‘ng‘iroqlar; to‘lanmaydi',
  'Calls for which no rate held': 'Stavkasi yo‘q qo‘ng‘iroqlar',
  'Calls paid in another currency, in a payout of its own':
    'Boshqa valyutadagi, alohida to‘lovdagi qo‘ng‘iroqlar',
  'Σ talk as the PBX reports it': 'Σ ATS bildirgan suhbat',
  "Σ talk as measured: the agent's own part, also where a transfer was not reported":
    'Σ o‘lchangan suhbat: operatorning o‘z qismi, o‘tkazish bildirilmagan bo‘lsa ham',
  'Σ talk of the paid calls, by the basis': 'Σ to‘langan qo‘ng‘iroqlar suhbati, asos bo‘yicha',
  'Per minute of talk; several that held one after the other are listed':
    'Suhbat daqiqasi uchun; ketma-ket amal qilganlari sanab o‘tilgan',
  'Σ talk minutes × rate, rounded half up per call or per total of an agent':
    'Σ suhbat daqiqalari × stavka, qo‘ng‘iroq yoki operator jamisi bo‘yicha yaxlitlangan',
  'What the other measure of talk (measured, reported) would pay more; null where it does not know all calls':
    'Suhbatning boshqa o‘lchovi qancha ko‘p to‘lardi; barcha qo‘ng‘iroqlarni bilmasa, bo‘sh',
  'Σ adjustments of the period; null when the report is not of a whole period':
    'Σ davr tuzatishlari; hisobot butun davr uchun bo‘lmasa, bo‘sh',
  'Amount + adjustments': 'Summa + tuzatishlar',
  'Id of this entry into a queue; of a locked period as it was then':
    'Navbatga shu kirish raqami; yopilgan davrda — o‘sha paytdagi',
  'Id of its journey; null: the call is not known any more':
    'Qo‘ng‘iroq yo‘lining raqami; qo‘ng‘iroq endi ma’lum bo‘lmasa, bo‘sh',
  'When the caller entered: the call belongs to this time, with its rate':
    'Abonent kirgan vaqt: qo‘ng‘iroq shu vaqtga va uning stavkasiga tegishli',
  'Talk as the PBX reports it': 'ATS bildirgan suhbat',
  "The agent's own part, as measured": 'Operatorning o‘z qismi, o‘lchangan',
  'Per minute, that held when the caller entered': 'Daqiqasiga, abonent kirganda amal qilgan',
  'paid, belowMinimum, talkUnknown, noRate, or otherCurrency (paid in a payout of its own)':
    'To‘landi, juda qisqa, suhbat noma’lum, stavkasiz yoki boshqa valyuta (alohida to‘lov)',
  'Talk minutes × rate, rounded half up; 0 unless paid':
    'Suhbat daqiqalari × stavka, yaxlitlangan; to‘lanmasa 0',
  'Connected to an agent, calls still talking included':
    'Operator bilan ulangan, davom etayotgan suhbatlar bilan',
  'Waited as long as the queue allows': 'Navbat ruxsat bergancha kutgan',
  'Left the queue by pressing a key': 'Tugma bosib navbatdan chiqqan',
  'Sent out because no agent was left': 'Operator qolmagani uchun chiqarilgan',
  'Taken out of the queue by command': 'Buyruq bilan navbatdan olingan',
  'Taken out by a transfer while waiting': 'Kutish paytida o‘tkazib olingan',
  'Gone at the instant of joining an agent': 'Operator bilan ulanish onida ketgan',
  'The PBX restarted while they waited': 'Kutish paytida ATS qayta ishga tushgan',
  'Still waiting at the horizon': 'Ma’lum ma’lumotlar chegarasida hali kutmoqda',
  'Caller channels, counted at their first entry into this queue; in the totals, at their first entry into any':
    'Abonent kanallari, shu navbatga birinchi kirishi bo‘yicha; jamida — istalganiga',
  'Answered after at most T seconds (stated, T inclusive)':
    'Ko‘pi bilan T soniyada qabul qilingan (ATS bo‘yicha, T kiradi)',
  'Hung up after at most T seconds': 'Ko‘pi bilan T soniyada go‘shakni qo‘ygan',
  'Hung up within the short-abandon threshold; a part of abandoned':
    'Qisqa chegara ichida go‘shakni qo‘ygan; tashlab ketganlarning bir qismi',
  'By the formula and threshold named in this row': 'Shu qatordagi formula va chegara bo‘yicha',
  'Service level variant A–H of this row': 'Shu qatorning xizmat darajasi varianti A–H',
  'Threshold of this row; null when several apply': 'Shu qator chegarasi; bir nechta bo‘lsa, bo‘sh',
  'Sum of stated waits of answered visits':
    'Qabul qilingan tashriflarning ATS bildirgan kutishlari yig‘indisi',
  'Longest stated wait of an answered visit': 'Qabul qilingan tashrifning eng uzun kutishi',
  'Average speed of answer: wait of answered / answered':
    'O‘rtacha javob tezligi: qabul qilinganlar kutishi / qabul qilingan',
  'Half of the answered waited at most this long': 'Qabul qilinganlarning yarmi ko‘pi bilan shuncha kutgan',
  '80 % of the answered waited at most this long': 'Qabul qilinganlarning 80 % i ko‘pi bilan shuncha kutgan',
  '95 % of the answered waited at most this long': 'Qabul qilinganlarning 95 % i ko‘pi bilan shuncha kutgan',
  'Sum of stated waits of abandoned visits':
    'Tashlab ketilgan tashriflarning ATS bildirgan kutishlari yig‘indisi',
  'Longest stated wait of an abandoned visit': 'Tashlab ketilgan tashrifning eng uzun kutishi',
  'Wait of abandoned / abandoned': 'Tashlab ketganlar kutishi / tashlab ketgan',
  'Sum of stated waits of all outcomes but answered':
    'Qabul qilinganlardan boshqa barcha natijalar kutishlari yig‘indisi',
  'Longest stated wait of all outcomes but answered':
    'Qabul qilinganlardan boshqa natijalarning eng uzun kutishi',
  'Wait of everyone whose wait is over / their number': 'Kutishi tugaganlarning kutishi / ularning soni',
  'Answered / (entered − waiting)': 'Qabul qilingan / (kirgan − kutmoqda)',
  '(Abandoned − short) / (entered − waiting − short)':
    '(Tashlab ketgan − qisqa) / (kirgan − kutmoqda − qisqa)',
  'Timed out / (entered − waiting)': 'Vaqti tugagan / (kirgan − kutmoqda)',
  'Sum of the ring time the PBX states for answered visits':
    'Qabul qilingan tashriflarning ATS bildirgan jiringlash vaqti yig‘indisi',
  'Measured time callers were on hold': 'Abonentlar kutish rejimida turgan o‘lchangan vaqt',
  'Wrap-up after calls of this queue, as configured':
    'Shu navbat qo‘ng‘iroqlaridan keyingi ish, sozlama bo‘yicha',
  'Answered; the agent hung up': 'Qabul qilingan; go‘shakni operator qo‘ygan',
  'Answered; the caller hung up': 'Qabul qilingan; go‘shakni abonent qo‘ygan',
  'As the PBX states them': 'ATS bildirganicha',
  'Transfers that really happened, seen or not by the queue':
    'Haqiqatda bo‘lgan o‘tkazishlar, navbat ko‘rgan yoki ko‘rmagan',
  'An agent answered and hung up before the caller was joined':
    'Operator javob berib, ulanguncha go‘shakni qo‘ydi',
  'Given up by the queue, yet talked (FreeSWITCH)': 'Navbat voz kechgan, lekin suhbat bo‘lgan (FreeSWITCH)',
  'Ringings of agents; null where only the log is known':
    'Operatorlarni chaqirishlar; faqat jurnal ma’lum bo‘lsa, bo‘sh',
  'Ringings an agent let end': 'Operator javob bermagan chaqiruvlar',
  'The caller left while an agent rang': 'Operator chaqirilayotganda abonent ketdi',
  '1 is first; equal values share a rank; unknown values have none':
    '1 — birinchi; teng qiymatlar o‘rni bir xil; noma’lumlarda yo‘q',
  'Value / total, of counts; null for all else': 'Qiymat / jami, sonlar uchun; aks holda bo‘sh',
  'Threshold: waits of at most so many stated seconds': 'Chegara: ko‘pi bilan shuncha soniya kutish',
  'Answered after at most T': 'Ko‘pi bilan T da qabul qilingan',
  'Answered within T − answered within the T before':
    'T ichida qabul qilingan − oldingi T ichida qabul qilingan',
  'Answered within T / all whose wait is over': 'T ichida qabul qilingan / kutishi tugaganlar',
  'Answered within T / answered (formula A)': 'T ichida qabul qilingan / qabul qilingan (A formulasi)',
  'Hung up after at most T': 'Ko‘pi bilan T da go‘shakni qo‘ygan',
  'All outcomes but answered after at most T': 'Qabul qilingandan boshqa barcha natijalar, ko‘pi bilan T da',
  'Lost within T − lost within the T before': 'T ichida yo‘qotilgan − oldingi T ichida yo‘qotilgan',
  'Lost within T / all whose wait is over': 'T ichida yo‘qotilgan / kutishi tugaganlar',
  'What the formula of the report gives with this T': 'Hisobot formulasi shu T bilan bergan qiymat',
  'Start of the half hour; empty for averages': 'Yarim soat boshi; o‘rtachalarda bo‘sh',
  'ISO weekday: 1 = Monday … 7 = Sunday': 'ISO hafta kuni: 1 — dushanba … 7 — yakshanba',
  'Local time at which the half hour begins': 'Yarim soat boshlanadigan mahalliy vaqt',
  'Callers who entered in all these half hours': 'Shu yarim soatlarning hammasida kirgan abonentlar',
  'λ: callers per half hour, times the volume asked for':
    'λ: yarim soatdagi abonentlar, so‘ralgan hajmga ko‘paytirilgan',
  '(Talk + wrap-up) / answered; of the range where nobody was answered':
    '(Suhbat + ishlov) / qabul qilingan; hech kim qabul qilinmaganda — butun davr bo‘yicha',
  'Σ waits / abandoned, of the range': 'Σ kutishlar / tashlab ketgan, davr bo‘yicha',
  'A = λ·AHT, erlangs': 'A = λ·o‘rtacha ishlov vaqti, erlang',
  'Fewest agents m with 1 − Pw·e^(−(m − A)·T/AHT) ≥ goal':
    '1 − Pw·e^(−(m − A)·T/AHT) ≥ maqsad bo‘lgan eng kam operatorlar soni m',
  'Fewest agents with which Erlang A, M/M/n+M with the patience, answers the goal within T':
    'Erlang A (sabr bilan M/M/n+M) T ichida maqsadga yetadigan eng kam operatorlar soni',
  'Needed (C) / (1 − shrinkage)': 'Kerak (C) / (1 − vaqt yo‘qotilishi)',
  'Needed (A) / (1 − shrinkage)': 'Kerak (A) / (1 − vaqt yo‘qotilishi)',
  'Agents logged in and not paused, on average; empty: nobody is known to have logged in':
    'Tizimdagi va tanaffusda bo‘lmagan operatorlar, o‘rtacha; bo‘sh: hech kim kirgani ma’lum emas',
  'On duty − needed (C); below 0: too few': 'Navbatda − kerak (C); 0 dan past: yetishmaydi',
  'On duty − needed (A); below 0: too few': 'Navbatda − kerak (A); 0 dan past: yetishmaydi',
  'Answered within T of all calls with the agents on duty':
    'Navbatdagi operatorlar bilan barcha qo‘ng‘iroqlardan T ichida qabul qilingani',
  'The same by Erlang A': 'Xuddi shu, Erlang A bo‘yicha',
  'Pw·AHT/(m − A), Erlang C; empty: it would grow without end':
    'Pw·AHT/(m − A), Erlang C; bo‘sh: cheksiz o‘sardi',
  'Share who give up, Erlang A': 'Kutmay ketganlar ulushi, Erlang A',
  'Share of the time in calls, Erlang A': 'Qo‘ng‘iroqlardagi vaqt ulushi, Erlang A',
  'Service level that was, by the formula of the report':
    'Amaldagi xizmat darajasi, hisobot formulasi bo‘yicha',
  'Different numbers that called': 'Qo‘ng‘iroq qilgan turli raqamlar',
  'Numbers with more than one contact': 'Bittadan ko‘p murojaatli raqamlar',
  'Goal of the service level at the end of the period; empty: none':
    'Davr oxiridagi xizmat darajasi maqsadi; bo‘sh: yo‘q',
  'Service level − target; below 0: missed': 'Xizmat darajasi − maqsad; 0 dan past: bajarilmagan',
  'Start of the local day in which most entered': 'Eng ko‘p kirgan mahalliy kun boshi',
  'Callers who entered in that day': 'O‘sha kuni kirgan abonentlar',
  'Start of the local hour in which most entered': 'Eng ko‘p kirgan mahalliy soat boshi',
  'Callers who entered in that hour': 'O‘sha soatda kirgan abonentlar',
  'Entered: this period − the period before': 'Kirdi: bu davr − oldingi davr',
  'Answered: this period − the period before': 'Qabul qilindi: bu davr − oldingi davr',
  'Abandoned: this period − the period before': 'Tashlab ketildi: bu davr − oldingi davr',
  'Service level: this period − the period before': 'Xizmat darajasi: bu davr − oldingi davr',
  'ASA: this period − the period before': 'Javobning o‘rtacha tezligi: bu davr − oldingi davr',
  'AHT: this period − the period before': 'O‘rtacha ishlov vaqti: bu davr − oldingi davr',
  'Talk: this period − the period before': 'Suhbat: bu davr − oldingi davr',
  'Least talk of the bin': 'Oraliqdagi eng qisqa suhbat',
  'Visits whose talk lies in the bin': 'Suhbati shu oraliqda bo‘lgan tashriflar',
  'Sum of the talk of these visits': 'Bu tashriflar suhbatlari yig‘indisi',
  'Connected to an agent': 'Operator bilan ulangan',
  'Answered, but nobody states how long they talked':
    'Qabul qilingan, lekin suhbat davomiyligi bildirilmagan',
  'Talk / answered whose talk is stated': 'Suhbat / suhbati ma’lum qabul qilinganlar',
  'Longest stated talk': 'ATS bildirgan eng uzun suhbat',
  'Start of the slot, in the zone of the report': 'Oraliq boshi, hisobot vaqt mintaqasida',
  'End of the slot (exclusive)': 'Oraliq oxiri (kirmaydi)',
  'Most callers who waited at the same time': 'Bir vaqtda kutgan abonentlarning eng ko‘pi',
  'Σ time agents were logged in and not paused / length of the slot; empty: nobody is known to have logged in':
    'Σ operatorlarning tanaffussiz tizimdagi vaqti / oraliq uzunligi; bo‘sh: hech kim kirgani ma’lum emas',
  'Fewest agents on duty at the same time': 'Bir vaqtda navbatda bo‘lgan operatorlarning eng kami',
  'Most agents on duty at the same time': 'Bir vaqtda navbatda bo‘lgan operatorlarning eng ko‘pi',
  'Local hour in which they entered': 'Kirgan mahalliy soat',
  'Channel of the outer side without the number of the call, as PJSIP/carrier':
    'Tashqi kanal, qo‘ng‘iroq raqamisiz, masalan PJSIP/carrier',
  'inbound or outbound': 'Kiruvchi yoki chiquvchi',
  'Calls from the outside (one per channel) or call records to the outside; the sum of answered, not answered, busy and failed':
    'Tashqaridan qo‘ng‘iroqlar (kanal bo‘yicha) yoki chiquvchi CDR yozuvlari; javob berilgan, javobsiz, band va amalga oshmaganlar yig‘indisi',
  '1-based place at the end': 'Oxiridagi o‘rin, 1 dan',
  'Key by which the caller left the queue': 'Abonent navbatdan chiqqan tugma',
  '1: hung up within the short-abandon threshold of the queue; in the totals, the number of these':
    '1: navbatning qisqa chegarasi ichida go‘shakni qo‘ygan; jamida — ularning soni',
  'Agents who were rung for this visit, in the order of the first ringing':
    'Bu tashrif uchun chaqirilgan operatorlar, birinchi chaqiruv tartibida',
  'Key by which these callers left': 'Bu abonentlar chiqqan tugma',
  'Visits with this outcome': 'Shu natijali tashriflar',
  'Visits with this outcome / all listed': 'Shu natijali tashriflar / barcha sanalganlar',
  'Hung up within the short-abandon threshold of the queue; a part of the abandoned':
    'Navbatning qisqa chegarasi ichida go‘shakni qo‘ygan; tashlab ketganlarning bir qismi',
  'Wait / visits': 'Kutish / tashriflar',
  'Longest stated wait': 'ATS bildirgan eng uzun kutish',
  'Number of the caller, as last shown': 'Abonent raqami, oxirgi marta ko‘rsatilganidek',
  'Name of the caller, as last shown': 'Abonent ismi, oxirgi marta ko‘rsatilganidek',
  'Queue in which the caller was lost last': 'Abonent oxirgi marta yo‘qotilgan navbat',
  'Contacts of this caller nobody answered': 'Bu abonentning qabul qilinmagan murojaatlari',
  'When the first of them ended': 'Ularning birinchisi tugagan vaqt',
  'When the last of them ended': 'Ularning oxirgisi tugagan vaqt',
  'Outcome of the last of them': 'Ularning oxirgisi natijasi',
  'Longest stated wait of them': 'Ularning eng uzun kutishi',
  'unreached, returned or calledBack':
    'Bog‘lanilmadi, o‘zi qayta qo‘ng‘iroq qildi yoki biz qayta qo‘ng‘iroq qildik',
  'Outbound calls to this number until it was reached': 'Bog‘languncha bu raqamga chiquvchi qo‘ng‘iroqlar',
  'When somebody spoke to the caller; empty: nobody did': 'Abonent bilan gaplashilgan vaqt; bo‘sh: hech kim',
  'Reached − first lost; empty in the totals: see states':
    'Bog‘lanildi − birinchi yo‘qotish; jamida bo‘sh: holatlarga qarang',
  'What became of the lost callers': 'Yo‘qotilgan abonentlar taqdiri',
  'Lost callers, counted anew after each talk': 'Yo‘qotilgan abonentlar, har suhbatdan keyin qaytadan',
  'Callers in this state / all lost callers': 'Shu holatdagi abonentlar / barcha yo‘qotilganlar',
  'Contacts of these callers nobody answered': 'Bu abonentlarning qabul qilinmagan murojaatlari',
  'Σ (reached − first lost) / reached': 'Σ (bog‘lanildi − birinchi yo‘qotish) / bog‘lanildi',
  'Half of the reached were reached within this time (nearest rank)':
    'Yarmi bilan shu vaqt ichida bog‘lanilgan (eng yaqin o‘rin)',
  'What the call was about: tags (wrap-up codes), sorted':
    'Qo‘ng‘iroq nima haqida: teglar (yakun kodlari), tartiblangan',
  'Tag (wrap-up code); null: visits without one': 'Teg (yakun kodi); bo‘sh: tegsiz tashriflar',
  'Entries into the queues with this tag': 'Shu tegli navbatga kirishlar',
  'Visits with this tag / all visits of the slot, queue or agent':
    'Shu tegli tashriflar / oraliq, navbat yoki operatorning barcha tashriflari',
  'Average handle time: (talk + wrap-up) / answered':
    'O‘rtacha ishlov vaqti: (suhbat + ishlov) / qabul qilingan',
  'The number they are ranked by; the table names it': 'Reyting ko‘rsatkichi; jadval uni nomlaydi',
  'Begin of the hour the cell stands for; null: it stands for those of several days':
    'Katak soatining boshi; bo‘sh: bir necha kun soatlari uchun',
  'End of that hour (exclusive)': 'O‘sha soat oxiri (kirmaydi)',
  'The number asked for; the table names it': 'So‘ralgan ko‘rsatkich; jadval uni nomlaydi',
  'Local day': 'Mahalliy kun',
  '1-based number of the slot within its period': 'Oraliqning o‘z davridagi raqami, 1 dan',
  'Start of the slot': 'Oraliq boshi',
  'Callers who entered': 'Kirgan abonentlar',
  Answered: 'Qabul qilindi',
  'Hung up while waiting': 'Kutayotib go‘shakni qo‘ygan',
  'As in the queue report': 'Navbatlar hisobotidagidek',
  'Visits, outcomes, waits, service level and talk per queue, by the time of entry.':
    'Navbatlar bo‘yicha tashriflar, natijalar, kutish, xizmat darajasi va suhbatlar, kirish vaqti bo‘yicha.',
  'Calls, login, pauses by reason, ready time and occupancy per agent.':
    'Operatorlar bo‘yicha qo‘ng‘iroqlar, tizimdagi vaqt, sababli tanaffuslar, tayyorlik va bandlik.',
  'Every visit of a queue: one row per entry.': 'Har bir navbatga tashrif: har kirishga bitta qator.',
  'Per queue and overall: outcomes, service level against its target, answer and handle times, unique and repeat callers, peak day and hour, and the change against the period before.':
    'Navbatlar va umuman: natijalar, xizmat darajasi va maqsad, javob va ishlov vaqtlari, noyob va takroriy abonentlar, eng band kun va soat, oldingi davrga nisbatan o‘zgarish.',
  'Every answered visit, calls still talking included, and the distribution of answer times.':
    'Har bir qabul qilingan tashrif, davom etayotganlari bilan, va javob vaqtlari taqsimoti.',
  'Every visit that ended without an agent: abandoned, timed out, left by key, sent out empty, withdrawn, pulled out, cancelled, interrupted; exits by key, places, waits and the agents who were tried.':
    'Operatorsiz tugagan har bir tashrif: tashlab ketilgan, vaqti tugagan, tugma bilan chiqqan, operator yo‘q, olib tashlangan, o‘tkazilgan, bekor bo‘lgan, uzilgan; tugmalar, o‘rinlar, kutish va urinilgan operatorlar.',
  'Callers nobody answered: who was not reached since, who called again and got through, whom we called back, and how long it took.':
    'Qabul qilinmagan abonentlar: kim bilan bog‘lanilmadi, kim qayta qo‘ng‘iroq qilib ulandi, kimga qayta qo‘ng‘iroq qilindi va qancha vaqt ketdi.',
  'Callers, greatest queue depth and agents on duty by slot and queue (granularity, default day), by hour of the day and by weekday and hour.':
    'Abonentlar, eng uzun navbat va navbatchi operatorlar: oraliq va navbat (odatda kun), kun soati, hafta kuni va soat bo‘yicha.',
  'Two periods, queues or agents side by side: every number, the difference and the relative change.':
    'Ikki davr, navbat yoki operator yonma-yon: har bir ko‘rsatkich, farq va nisbiy o‘zgarish.',
  'Share of callers answered and lost within each second, and the service level with that threshold.':
    'Har soniya ichida qabul qilingan va yo‘qotilgan abonentlar ulushi va shu chegarali xizmat darajasi.',
  'Agents each half hour needs for the service level, by Erlang C and by Erlang A with the measured patience, against agents on duty; what if there were more calls, longer talks, other agents.':
    'Har yarim soatga xizmat darajasi uchun kerakli operatorlar (Erlang C va o‘lchangan sabr bilan Erlang A), navbatchilarga nisbatan; qo‘ng‘iroqlar ko‘p, suhbatlar uzun yoki operatorlar boshqacha bo‘lsa-chi.',
  'Distribution of the talk of answered visits, as the PBX states it, and talk per queue.':
    'Qabul qilingan tashriflar suhbatlari taqsimoti (ATS bo‘yicha) va navbatlar bo‘yicha suhbat.',
  'Callers with the most contacts, and how many callers called how often.':
    'Eng ko‘p murojaat qilgan abonentlar va qancha abonent qanchalik tez-tez qo‘ng‘iroq qilgani.',
  'Callers who did not have to call again: clusters of calls by number within a margin (QueueMetrics).':
    'Qayta qo‘ng‘iroq qilishi shart bo‘lmagan abonentlar: raqam bo‘yicha muddat ichidagi zanjirlar (QueueMetrics).',
  'What calls were about: per tag (wrap-up code) visits, share, talk and handle time; by queue and by agent. A visit of several tags counts with each of them, and once in the totals.':
    'Qo‘ng‘iroqlar nima haqida: teg (yakun kodi) bo‘yicha tashriflar, ulush, suhbat va ishlov; navbat va operator bo‘yicha. Bir necha tegli tashrif har birida, jamida bir marta hisoblanadi.',
  'Day sheet: first login, last logout, time in calls, pauses by reason and free time per agent and day. Needs tz.':
    'Kun varaqasi: birinchi kirish, oxirgi chiqish, qo‘ng‘iroqlardagi vaqt, sababli tanaffuslar va bo‘sh vaqt. tz kerak.',
  'Calls, offers, login and pauses of each agent in each queue, and the queues each one served. Login and pause are per queue: an agent of two queues is logged in to both at once, so the sum is more than the agents report has.':
    'Har bir operatorning har navbatdagi qo‘ng‘iroqlari, takliflari, kirish va tanaffuslari hamda navbatlari. Kirish va tanaffus navbat bo‘yicha: ikki navbatli operator ikkalasida birga, shuning uchun yig‘indi operatorlar hisobotidagidan ko‘p.',
  'What became of the calls offered to each agent: answered, given up by the caller while ringing, not answered, busy, rejected, taken by another agent, phone unreachable, hung up before joining.':
    'Operatorga taklif qilingan qo‘ng‘iroqlar taqdiri: qabul qilindi, abonent kutmadi, javob bermadi, band, rad etildi, boshqasi oldi, aloqasiz, ulanguncha uzildi.',
  'Agents or queues in the order of any number of the agents or queues report.':
    'Operatorlar yoki navbatlar o‘z hisobotidagi istalgan ko‘rsatkich tartibida.',
  'Agents or queues by weekday and hour, or by date and hour, for any number of their reports. The further table "all" has every hour of the range over all of them together, "days" and "hours" the totals of its rows and columns. Needs tz.':
    'Operatorlar yoki navbatlar hafta kuni va soat yoki sana va soat bo‘yicha, istalgan ko‘rsatkich uchun. «all» jadvalida davrning har soati hammasi bo‘yicha birga, «days» va «hours» — uning qator va ustun jamilari. tz kerak.',
  'Every call record of the PBX, of queues or not: one row per record. A call can have several (one per phone it rang, two for a local channel).':
    'ATSning har bir CDR yozuvi, navbatdan yoki yo‘q: har yozuvga qator. Qo‘ng‘iroqda bir nechta bo‘lishi mumkin (har telefonga, mahalliy kanalda ikkita).',
  'Calls to the outside per agent, destination or both: attempts, answer rate (ASR), billable time, ACD. From the call records whose direction is outbound.':
    'Operator, manzil yoki ikkalasi bo‘yicha chiquvchi qo‘ng‘iroqlar: urinishlar, javoblar ulushi (ASR), hisoblanadigan vaqt, ACD. Chiquvchi CDR yozuvlaridan.',
  'Per number callers dialled (DID): calls from the outside by call records, entries into queues, answered and abandoned, ASA, talk. With a filter by queue or agent only visits are counted.':
    'Terilgan raqamlar (DID) bo‘yicha: CDR bo‘yicha tashqi qo‘ng‘iroqlar, navbatga kirishlar, qabul qilingan va tashlab ketilganlar, javob tezligi, suhbat. Navbat yoki operator filtri bilan faqat tashriflar.',
  'Calls in and out per trunk: answer rate (ASR), billable time, ACD, calls per hour. From call records with a direction.':
    'Tranklar bo‘yicha kiruvchi va chiquvchi: javoblar ulushi (ASR), hisoblanadigan vaqt, ACD, soatiga qo‘ng‘iroqlar. Yo‘nalishi bor CDR yozuvlaridan.',
  'What each agent is paid for talk: calls, minutes, rate, amount, adjustments.':
    'Operatorga suhbat uchun to‘lov: qo‘ng‘iroqlar, daqiqalar, stavka, summa, tuzatishlar.',
  'What each agent is paid for talk in each queue. Adjustments belong to no queue and are left out.':
    'Operatorga har navbatdagi suhbat uchun to‘lov. Tuzatishlar navbatga tegishli emas va hisobga olinmagan.',
  'What each call pays its agent, and why it pays nothing. Totals are those of payout-agents.':
    'Har qo‘ng‘iroq operatorga qancha to‘laydi va nega to‘lamaydi. Jamilar payout-agents dagidek.',
};
