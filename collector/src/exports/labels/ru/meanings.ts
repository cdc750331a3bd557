/** Russian: what reports and their columns mean, and formulas of the service level, by their English text. */
export const RU_MEANINGS: Readonly<Record<string, string>> = {
  'answered within T / answered': 'принято за T / принято',
  'answered within T / offered': 'принято за T / поступило',
  'answered within T / (offered − abandoned within T)': 'принято за T / (поступило − потеряно за T)',
  '(answered within T + abandoned within T) / offered': '(принято за T + потеряно за T) / поступило',
  '(answered − answered late) / (answered + abandoned)':
    '(принято − принято с опозданием) / (принято + потеряно)',
  'answered within T / (answered + abandoned after T)': 'принято за T / (принято + потеряно после T)',
  'answered within T / (answered + abandoned + left by key)':
    'принято за T / (принято + потеряно + вышли по клавише)',
  'answered within T / (answered + abandoned beyond the short-abandon threshold + sent on elsewhere)':
    'принято за T / (принято + потеряно позже порога коротких потерь + отправлено дальше)',
  'Local day, in the zone of the report': 'Местный день в часовом поясе отчёта',
  'Name of the PBX': 'Имя АТС',
  'Name of the member on the PBX': 'Имя участника очереди на АТС',
  'Display name, else the name on the PBX': 'Отображаемое имя, иначе имя на АТС',
  'When the agent became a member of a queue; the beginning of the day for who was one already; null: nothing told':
    'Когда оператор вошёл в очередь; начало дня, если уже был в ней; пусто: не сообщено',
  'When the agent left the last queue; the end of the day for who stayed; null: still logged in, or nothing told':
    'Когда оператор вышел из последней очереди; конец дня, если остался; пусто: ещё в системе или не сообщено',
  'Stretches of login in the day (union over queues)': 'Отрезки работы за день (объединение по очередям)',
  'Calls taken, counted where the caller entered': 'Принятые звонки, по времени входа абонента',
  'Ringings the agent let end': 'Вызовы, на которые оператор не ответил',
  'Member of at least one queue (measured, split at the edges of the slot)':
    'Участник хотя бы одной очереди (измерено, делится по границам интервала)',
  'Time in queue calls, two at once counted once (measured, split at the edges of the slot)':
    'Время в звонках очередей, два сразу — один раз (измерено, делится по границам интервала)',
  'Time with the caller on hold; a part of the talk (measured, split at the edges of the slot)':
    'Время удержания абонента; часть разговора (измерено, делится по границам интервала)',
  'After calls, as configured per queue (measured, split at the edges of the slot)':
    'После звонков, по настройке очереди (измерено, делится по границам интервала)',
  'Time the phone rang for queue calls (measured, split at the edges of the slot)':
    'Время, пока телефон звонил по звонкам очередей (измерено, делится по границам интервала)',
  'Phone in use without a queue call (measured, split at the edges of the slot)':
    'Телефон занят не звонком очереди (измерено, делится по границам интервала)',
  'Paused in at least one queue (measured, split at the edges of the slot)':
    'На паузе хотя бы в одной очереди (измерено, делится по границам интервала)',
  'Reason → seconds paused for it in at least one queue; no reason = ""':
    'Причина → секунды паузы по ней хотя бы в одной очереди; без причины = ""',
  'Paused in all queues the agent was a member of (measured, split at the edges of the slot)':
    'На паузе во всех своих очередях (измерено, делится по границам интервала)',
  'Logged in with no phone that could be reached (measured, split at the edges of the slot)':
    'В системе, но ни один телефон недоступен (измерено, делится по границам интервала)',
  'Login without full pause, ringing, talk, wrap-up, other calls and unreachable phone (measured, split at the edges of the slot)':
    'Вход без полной паузы, вызова, разговора, обработки, других звонков и недоступности (измерено, делится по границам интервала)',
  '(talk + wrap-up) / (talk + wrap-up + ready), measured':
    '(разговор + обработка) / (разговор + обработка + готов), измерено',
  'Ringings the event stream showed; null where only the log is known':
    'Вызовы по потоку событий; пусто, где известен только журнал',
  'Sum of all outcomes: the offers whose end is known': 'Сумма всех исходов: вызовы, конец которых известен',
  'The caller left the queue while the agent rang': 'Абонент вышел из очереди, пока шёл вызов',
  'The agent let it ring until it ended': 'Оператор не ответил до конца вызова',
  'The phone was busy; null where only the log is known':
    'Телефон был занят; пусто, где известен только журнал',
  'The agent refused the call; null where only the log is known':
    'Оператор отклонил звонок; пусто, где известен только журнал',
  'Another agent took the call; null where only the log is known':
    'Звонок принял другой оператор; пусто, где известен только журнал',
  'The phone could not be reached; null where only the log is known':
    'Телефон был недоступен; пусто, где известен только журнал',
  'Answered and hung up before the caller was joined': 'Ответил и положил трубку до соединения с абонентом',
  'Answered / outcomes': 'Принято / исходы',
  'Caller gave up / outcomes': 'Абонент не дождался / исходы',
  'Not answered / outcomes': 'Не ответил / исходы',
  'Busy / outcomes': 'Занято / исходы',
  'Rejected / outcomes': 'Отклонено / исходы',
  'Lost race / outcomes': 'Ответил другой / исходы',
  'Unavailable / outcomes': 'Недоступен / исходы',
  'Dumps / outcomes': 'Сброшено / исходы',
  'Answered / (answered + not answered): what the agent had in hand':
    'Принято / (принято + не ответил): что зависело от оператора',
  'Time it rang when not answered / not answered': 'Время вызова без ответа / не ответил',
  'Name of the queue on the PBX': 'Имя очереди на АТС',
  "Answered by the agent / answered by anybody, of the queue's visits":
    'Принято оператором / принято всеми, из визитов очереди',
  'Ringings; null where only the log is known': 'Вызовы; пусто, где известен только журнал',
  'The caller left while it rang': 'Абонент ушёл во время вызова',
  'The phone was busy': 'Телефон был занят',
  'The agent refused the call': 'Оператор отклонил звонок',
  'Another agent took the call': 'Звонок принял другой оператор',
  'Answered / (answered + not answered)': 'Принято / (принято + не ответил)',
  'Sum of the talk the PBX states, counted where the caller entered':
    'Сумма разговоров по данным АТС, по времени входа абонента',
  'Longest talk the PBX states': 'Самый долгий разговор по данным АТС',
  'Talk / answered': 'Разговор / принято',
  'Sum of the ring time the PBX states for answered calls':
    'Сумма времени вызова принятых звонков по данным АТС',
  'The agent hung up': 'Положил трубку оператор',
  'The caller hung up': 'Положил трубку абонент',
  'Blind and attended transfers as the PBX states them':
    'Слепые переводы и переводы с консультацией по данным АТС',
  'Transfers that really happened': 'Переводы, которые действительно были',
  'Queues in which the agent answered at least one call': 'Очереди, где оператор принял хотя бы один звонок',
  'Answered by the agent / answered by anybody, of all queues of the report':
    'Принято оператором / принято всеми, по всем очередям отчёта',
  'Average handle time: (talk + wrap-up) / answered; hold is inside the talk':
    'Среднее время обработки: (разговор + обработка) / принято; удержание входит в разговор',
  '(talk + wrap-up) / login, measured': '(разговор + обработка) / вход, измерено',
  'Answered / hours of login without full pauses': 'Принято / часы входа без полных пауз',
  'Id of this entry into a queue; in the totals, the number of visits':
    'Номер этого входа в очередь; в итогах — число визитов',
  'Id of the journey: all visits of one caller': 'Номер пути: все визиты одного абонента',
  'When the caller entered the queue': 'Когда абонент вошёл в очередь',
  'Number of the caller': 'Номер абонента',
  'Name of the caller': 'Имя абонента',
  'Number the caller dialled': 'Номер, который набрал абонент',
  'Who answered': 'Кто принял',
  '1-based place at entry': 'Место при входе, с 1',
  'Known offers to agents': 'Известные вызовы операторов',
  'Seconds waited, as the PBX states': 'Ожидание по данным АТС',
  'Seconds the answering agent was rung, as stated': 'Время вызова ответившего оператора по данным АТС',
  'When caller and agent were joined': 'Когда абонент и оператор соединены',
  'Seconds talked, as the PBX states': 'Разговор по данным АТС',
  'Seconds on hold, measured': 'Удержание, измерено',
  'Seconds of wrap-up, as configured': 'Поствызывная обработка по настройке',
  'When the visit was over; null while open': 'Когда визит закончился; пусто, пока он идёт',
  'Agent, caller, transfer or unknown': 'Оператор, абонент, перевод или неизвестно',
  'Blind or attended': 'Слепой или с консультацией',
  'Where the call went': 'Куда ушёл звонок',
  'Where the recording is': 'Где запись',
  'Least wait of the bin': 'Наименьшее ожидание интервала',
  'End of the bin (exclusive); empty: the last bin has none':
    'Конец интервала (не входит); пусто: у последнего его нет',
  'Visits whose wait lies in the bin': 'Визиты с ожиданием в этом интервале',
  'Visits of the bin / visits of all bins': 'Визиты интервала / визиты всех интервалов',
  'Visits of this bin and those before / visits of all bins':
    'Визиты этого и предыдущих интервалов / визиты всех',
  'Sum of the wait of these visits': 'Сумма ожиданий этих визитов',
  'What says so: the log, the event stream, or less': 'Откуда известно: журнал, поток событий или меньше',
  'How the wait ended': 'Чем кончилось ожидание',
  'Stated by the PBX, or assumed': 'Сообщено АТС или предположено',
  'Left, completed, transferred, restart or gap': 'Вышел, завершён, переведён, перезапуск или разрыв',
  'Id of this row; in the totals, the number of rows': 'Номер строки; в итогах — число строк',
  'Id of the channel on the PBX; several records can share it':
    'Идентификатор канала на АТС; бывает общим у нескольких записей',
  'What the legs of one call have in common, as the PBX states it':
    'Общее у частей одного звонка, по данным АТС',
  'inbound, outbound, internal, or unknown where no rule of the PBX says':
    'Входящий, исходящий, внутренний; неизвестно, если правил АТС нет',
  'When the record begins': 'Когда запись начинается',
  'When it was answered; null: it was not': 'Когда ответили; пусто: не ответили',
  'When it was over': 'Когда закончилось',
  'Calling number': 'Вызывающий номер',
  'Number called, where the record ended': 'Вызванный номер, где запись закончилась',
  'Number the caller dialled: of a call in a queue as known there, else the destination of an inbound call':
    'Номер, который набрал абонент: для звонка в очереди — известный там, иначе назначение входящего',
  'Where it came in or went out; null of internal calls': 'Откуда пришёл или куда ушёл; пусто у внутренних',
  'answered, noAnswer, busy, failed or congestion, as the PBX states':
    'Отвечен, нет ответа, занято, не удалось или перегрузка, по данным АТС',
  'Seconds from start to end, as the PBX states': 'От начала до конца, по данным АТС',
  'Seconds from answer to end, as the PBX states': 'От ответа до конца, по данным АТС',
  'Queues this channel entered, in their order': 'Очереди, в которые вошёл этот канал, по порядку',
  'Their display names': 'Их отображаемые имена',
  'Whose phone it was (by aliases of interfaces): who called out, or who was called; null: not known':
    'Чей это телефон (по алиасам): кто звонил или кому звонили; пусто: неизвестно',
  'Calling channel': 'Вызывающий канал',
  'Called channel': 'Вызванный канал',
  'Of the dialplan': 'Диалплана',
  'Last application of the dialplan': 'Последнее приложение диалплана',
  'Account code': 'Код аккаунта',
  'What the dialplan wrote into the record': 'Что диалплан записал в запись',
  'Id of the journey through queues; null: it entered none': 'Номер пути по очередям; пусто: не входил',
  'Where the recording of the talk with an agent is': 'Где запись разговора с оператором',
  'Key of the number': 'Ключ показателя',
  'Name of the number': 'Название показателя',
  'count, seconds, ratio (0–1) or number': 'Количество, секунды, доля (0–1) или число',
  'In the first set: the period or the names asked for': 'В первом наборе: запрошенный период или имена',
  'In the second set, which the first is compared with': 'Во втором наборе, с которым сравнивается первый',
  'First − second': 'Первый − второй',
  '(First − second) / second; empty when second is 0 or not known':
    '(Первый − второй) / второй; пусто, если второй 0 или неизвестен',
  'Number the callers dialled; null: not known': 'Номер, который набирали абоненты; пусто: неизвестно',
  'Calls from the outside, by call records; the sum of answered, not answered, busy and failed':
    'Звонки извне по записям CDR; сумма отвеченных, без ответа, занятых и неудачных',
  'Answered by whatever took the call: a person, an announcement, a queue':
    'Кто или что ответило: человек, автоответ, очередь',
  'It rang until somebody gave up': 'Звонил, пока кто-то не сдался',
  'The called side was busy': 'Вызываемая сторона была занята',
  'Refused, congested or not to be reached': 'Отказ, перегрузка или недоступность',
  'Answer-seizure ratio: answered / attempts': 'Доля ответов: отвечено / попытки',
  'Sum of the seconds from answer to end': 'Сумма времени от ответа до конца',
  'Average call duration: billable time / answered': 'Средняя длительность: оплачиваемое время / отвечено',
  'Billable time / attempts, those without answer included':
    'Оплачиваемое время / попытки, включая без ответа',
  'Attempts / hours of the row': 'Попытки / часы строки',
  'Callers who entered a queue, at their first entry': 'Абоненты, вошедшие в очередь, по первому входу',
  'Entries into queues': 'Входы в очереди',
  'Entries an agent answered': 'Входы, которые принял оператор',
  'The caller hung up while waiting': 'Абонент положил трубку, ожидая',
  'Answered by agents / (entered − waiting)': 'Приняли операторы / (поступило − ожидают)',
  'Abandoned / (entered − waiting)': 'Потеряно / (поступило − ожидают)',
  'Average speed of answer: wait of answered / answered by agents':
    'Средняя скорость ответа: ожидание принятых / приняли операторы',
  'Sum of the talk with agents, as stated': 'Сумма разговоров с операторами по данным АТС',
  'Talk / answered by agents': 'Разговор / приняли операторы',
  'Queue of the first visit of the cluster': 'Очередь первого визита цепочки',
  'Clusters: chains of calls of one number within the margin':
    'Цепочки звонков одного номера в пределах срока',
  'Clusters of one contact that was answered': 'Цепочки из одного принятого обращения',
  'Clusters of one answered contact / all clusters': 'Цепочки из одного принятого обращения / все цепочки',
  'Clusters of more than one contact': 'Цепочки из нескольких обращений',
  'Contacts of all clusters': 'Обращения всех цепочек',
  '(Contacts − clusters) / contacts: calls that were not the first':
    '(Обращения − цепочки) / обращения: не первые звонки',
  'Clusters whose first contact was not answered': 'Цепочки, где первое обращение не принято',
  'Clusters whose last known contact was not answered':
    'Цепочки, где последнее известное обращение не принято',
  'Clusters whose caller may still call again within the margin':
    'Цепочки, где абонент ещё может перезвонить в пределах срока',
  'Number of the caller, in one of its spellings': 'Номер абонента, в одном из написаний',
  'One of the names shown with it': 'Одно из имён при нём',
  'Calls that entered at least one of the queues': 'Звонки, вошедшие хотя бы в одну из очередей',
  'Entries into the queues': 'Входы в очереди',
  'Visits connected to an agent': 'Визиты, соединённые с оператором',
  'Visits in which the caller hung up while waiting': 'Визиты, где абонент положил трубку, ожидая',
  'Answered / (visits − still waiting)': 'Принято / (визиты − ещё ожидают)',
  'Sum of the stated waits': 'Сумма ожиданий по данным АТС',
  'Wait / (visits − still waiting)': 'Ожидание / (визиты − ещё ожидают)',
  'Sum of the stated talk': 'Сумма разговоров по данным АТС',
  'First entry in the range': 'Первый вход за период',
  'Last entry in the range': 'Последний вход за период',
  'How often these callers called in the range': 'Сколько раз звонили эти абоненты за период',
  'Callers who called so often': 'Абоненты, звонившие столько раз',
  'Callers / all callers with a number': 'Абоненты / все абоненты с номером',
  'Contacts of these callers': 'Обращения этих абонентов',
  'Contacts / all contacts with a number': 'Обращения / все обращения с номером',
  'Name of the agent or queue on the PBX': 'Имя оператора или очереди на АТС',
  'ISO 8601: 1 = Monday … 7 = Sunday': 'ISO 8601: 1 — понедельник … 7 — воскресенье',
  'Hour of the local clock, 0–23; one that comes twice when clocks are set back is one':
    'Час местного времени, 0–23; повторный час при переводе часов считается одним',
  'Callers who entered the queue (one per entry) = sum of all outcomes':
    'Абоненты, вошедшие в очередь (по входам) = сумма всех исходов',
  'How many days of the range had this hour': 'Сколько дней периода имели этот час',
  'Value / days, of counts and time talked; null for all else':
    'Значение / дни, для количеств и времени разговора; иначе пусто',
  'Whose phone called; null: nobody known, or by destination':
    'Чей телефон звонил; пусто: неизвестно или по назначению',
  'Number called; null: by agent': 'Вызванный номер; пусто: по оператору',
  'Call records to the outside; the sum of answered, not answered, busy and failed':
    'Исходящие записи CDR; сумма отвеченных, без ответа, занятых и неудачных',
  'Display name that held at the end of the range or was stored with the lock':
    'Отображаемое имя на конец периода или сохранённое при закрытии',
  'Calls answered by the agent; of a transferred call each agent has his own part':
    'Звонки, принятые оператором; у переведённого звонка у каждого своя часть',
  'Calls that are paid': 'Оплачиваемые звонки',
  'Calls with less talk than the minimum': 'Звонки с разговором короче минимума',
  'Calls whose talk is not known (yet); not paid': 'Звонки, чей разговор (ещё) неизвестен; не оплачены',
  'Calls for which no rate held': 'Звонки, для которых нет ставки',
  'Calls paid in another currency, in a payout of its own': 'Звонки в другой валюте, в отдельной выплате',
  'Σ talk as the PBX reports it': 'Σ разговора по данным АТС',
  "Σ talk as measured: the agent's own part, also where a transfer was not reported":
    'Σ измеренного разговора: своя часть оператора, даже если о переводе не сообщено',
  'Σ talk of the paid calls, by the basis': 'Σ разговора оплаченных звонков по выбранной основе',
  'Per minute of talk; several that held one after the other are listed':
    'За минуту разговора; действовавшие друг за другом перечислены',
  'Σ talk minutes × rate, rounded half up per call or per total of an agent':
    'Σ минут разговора × ставка, округлено на звонок или на итог оператора',
  'What the other measure of talk (measured, reported) would pay more; null where it does not know all calls':
    'На сколько больше заплатила бы другая мера разговора; пусто, если она знает не все звонки',
  'Σ adjustments of the period; null when the report is not of a whole period':
    'Σ корректировок периода; пусто, если отчёт не за целый период',
  'Amount + adjustments': 'Сумма + корректировки',
  'Id of this entry into a queue; of a locked period as it was then':
    'Номер этого входа в очередь; закрытого периода — каким был тогда',
  'Id of its journey; null: the call is not known any more':
    'Номер пути звонка; пусто, если звонок больше не известен',
  'When the caller entered: the call belongs to this time, with its rate':
    'Когда вошёл абонент: звонок относится к этому времени с его ставкой',
  'Talk as the PBX reports it': 'Разговор по данным АТС',
  "The agent's own part, as measured": 'Своя часть оператора, измеренная',
  'Per minute, that held when the caller entered': 'За минуту, действовавшая при входе абонента',
  'paid, belowMinimum, talkUnknown, noRate, or otherCurrency (paid in a payout of its own)':
    'Оплачен, слишком короткий, разговор неизвестен, без ставки или другая валюта (отдельная выплата)',
  'Talk minutes × rate, rounded half up; 0 unless paid':
    'Минуты разговора × ставка, округлено; 0, если не оплачен',
  'Connected to an agent, calls still talking included':
    'Соединены с оператором, включая ещё идущие разговоры',
  'Waited as long as the queue allows': 'Ждали, сколько допускает очередь',
  'Left the queue by pressing a key': 'Вышли из очереди, нажав клавишу',
  'Sent out because no agent was left': 'Выведены, потому что операторов не осталось',
  'Taken out of the queue by command': 'Выведены из очереди командой',
  'Taken out by a transfer while waiting': 'Выведены переводом во время ожидания',
  'Gone at the instant of joining an agent': 'Ушли в момент соединения с оператором',
  'The PBX restarted while they waited': 'АТС перезапустилась, пока они ждали',
  'Still waiting at the horizon': 'Ещё ожидают на границе известных данных',
  'Caller channels, counted at their first entry into this queue; in the totals, at their first entry into any':
    'Каналы абонентов по первому входу в эту очередь; в итогах — в любую',
  'Answered after at most T seconds (stated, T inclusive)':
    'Принято не позже чем за T секунд (по данным АТС, T включительно)',
  'Hung up after at most T seconds': 'Положили трубку не позже чем через T секунд',
  'Hung up within the short-abandon threshold; a part of abandoned':
    'Положили трубку в пределах порога коротких потерь; часть потерянных',
  'By the formula and threshold named in this row': 'По формуле и порогу этой строки',
  'Service level variant A–H of this row': 'Вариант уровня обслуживания A–H этой строки',
  'Threshold of this row; null when several apply': 'Порог этой строки; пусто, если их несколько',
  'Sum of stated waits of answered visits': 'Сумма ожиданий принятых визитов по данным АТС',
  'Longest stated wait of an answered visit': 'Самое долгое ожидание принятого визита',
  'Average speed of answer: wait of answered / answered':
    'Средняя скорость ответа: ожидание принятых / принято',
  'Half of the answered waited at most this long': 'Половина принятых ждала не дольше',
  '80 % of the answered waited at most this long': '80 % принятых ждали не дольше',
  '95 % of the answered waited at most this long': '95 % принятых ждали не дольше',
  'Sum of stated waits of abandoned visits': 'Сумма ожиданий потерянных визитов по данным АТС',
  'Longest stated wait of an abandoned visit': 'Самое долгое ожидание потерянного визита',
  'Wait of abandoned / abandoned': 'Ожидание потерянных / потеряно',
  'Sum of stated waits of all outcomes but answered': 'Сумма ожиданий всех исходов, кроме принятых',
  'Longest stated wait of all outcomes but answered': 'Самое долгое ожидание всех исходов, кроме принятых',
  'Wait of everyone whose wait is over / their number': 'Ожидание всех, чьё ожидание закончилось / их число',
  'Answered / (entered − waiting)': 'Принято / (поступило − ожидают)',
  '(Abandoned − short) / (entered − waiting − short)':
    '(Потеряно − короткие) / (поступило − ожидают − короткие)',
  'Timed out / (entered − waiting)': 'Истекло время / (поступило − ожидают)',
  'Sum of the ring time the PBX states for answered visits':
    'Сумма времени вызова принятых визитов по данным АТС',
  'Measured time callers were on hold': 'Измеренное время удержания абонентов',
  'Wrap-up after calls of this queue, as configured': 'Обработка после звонков этой очереди, по настройке',
  'Answered; the agent hung up': 'Принято; положил трубку оператор',
  'Answered; the caller hung up': 'Принято; положил трубку абонент',
  'As the PBX states them': 'По данным АТС',
  'Transfers that really happened, seen or not by the queue':
    'Переводы, которые действительно были, видела их очередь или нет',
  'An agent answered and hung up before the caller was joined':
    'Оператор ответил и положил трубку до соединения',
  'Given up by the queue, yet talked (FreeSWITCH)': 'Очередь отказалась, но разговор был (FreeSWITCH)',
  'Ringings of agents; null where only the log is known':
    'Вызовы операторов; пусто, где известен только журнал',
  'Ringings an agent let end': 'Вызовы, на которые оператор не ответил',
  'The caller left while an agent rang': 'Абонент ушёл, пока звонили оператору',
  '1 is first; equal values share a rank; unknown values have none':
    '1 — первый; равные значения делят место; у неизвестных его нет',
  'Value / total, of counts; null for all else': 'Значение / итог, для количеств; иначе пусто',
  'Threshold: waits of at most so many stated seconds': 'Порог: ожидания не дольше стольких секунд',
  'Answered after at most T': 'Принято не позже T',
  'Answered within T − answered within the T before': 'Принято за T − принято за предыдущее T',
  'Answered within T / all whose wait is over': 'Принято за T / все, чьё ожидание закончилось',
  'Answered within T / answered (formula A)': 'Принято за T / принято (формула A)',
  'Hung up after at most T': 'Положили трубку не позже T',
  'All outcomes but answered after at most T': 'Все исходы, кроме принятых, не позже T',
  'Lost within T − lost within the T before': 'Потеряно за T − потеряно за предыдущее T',
  'Lost within T / all whose wait is over': 'Потеряно за T / все, чьё ожидание закончилось',
  'What the formula of the report gives with this T': 'Что даёт формула отчёта при этом T',
  'Start of the half hour; empty for averages': 'Начало получаса; пусто для средних',
  'ISO weekday: 1 = Monday … 7 = Sunday': 'День недели по ISO: 1 — понедельник … 7 — воскресенье',
  'Local time at which the half hour begins': 'Местное время начала получаса',
  'Callers who entered in all these half hours': 'Абоненты, вошедшие за все эти получасы',
  'λ: callers per half hour, times the volume asked for':
    'λ: абоненты за полчаса, умноженные на заданный объём',
  '(Talk + wrap-up) / answered; of the range where nobody was answered':
    '(Разговор + обработка) / принято; где никто не принят — за весь период',
  'Σ waits / abandoned, of the range': 'Σ ожиданий / потеряно, за период',
  'A = λ·AHT, erlangs': 'A = λ·среднее время обработки, эрланги',
  'Fewest agents m with 1 − Pw·e^(−(m − A)·T/AHT) ≥ goal':
    'Наименьшее число операторов m, при котором 1 − Pw·e^(−(m − A)·T/AHT) ≥ цели',
  'Fewest agents with which Erlang A, M/M/n+M with the patience, answers the goal within T':
    'Наименьшее число операторов, при котором Эрланг A (M/M/n+M с терпением) достигает цели за T',
  'Needed (C) / (1 − shrinkage)': 'Нужно (C) / (1 − потери времени)',
  'Needed (A) / (1 − shrinkage)': 'Нужно (A) / (1 − потери времени)',
  'Agents logged in and not paused, on average; empty: nobody is known to have logged in':
    'Операторы в системе и не на паузе, в среднем; пусто: входов не известно',
  'On duty − needed (C); below 0: too few': 'На смене − нужно (C); ниже 0: не хватает',
  'On duty − needed (A); below 0: too few': 'На смене − нужно (A); ниже 0: не хватает',
  'Answered within T of all calls with the agents on duty':
    'Принято за T из всех звонков с операторами на смене',
  'The same by Erlang A': 'То же по Эрлангу A',
  'Pw·AHT/(m − A), Erlang C; empty: it would grow without end':
    'Pw·AHT/(m − A), Эрланг C; пусто: росло бы без конца',
  'Share who give up, Erlang A': 'Доля отказавшихся ждать, Эрланг A',
  'Share of the time in calls, Erlang A': 'Доля времени в звонках, Эрланг A',
  'Service level that was, by the formula of the report':
    'Фактический уровень обслуживания по формуле отчёта',
  'Different numbers that called': 'Разные номера, которые звонили',
  'Numbers with more than one contact': 'Номера более чем с одним обращением',
  'Goal of the service level at the end of the period; empty: none':
    'Цель уровня обслуживания на конец периода; пусто: нет',
  'Service level − target; below 0: missed': 'Уровень обслуживания − цель; ниже 0: не достигнута',
  'Start of the local day in which most entered': 'Начало местного дня с наибольшим поступлением',
  'Callers who entered in that day': 'Абоненты, вошедшие в этот день',
  'Start of the local hour in which most entered': 'Начало местного часа с наибольшим поступлением',
  'Callers who entered in that hour': 'Абоненты, вошедшие в этот час',
  'Entered: this period − the period before': 'Поступило: этот период − предыдущий',
  'Answered: this period − the period before': 'Принято: этот период − предыдущий',
  'Abandoned: this period − the period before': 'Потеряно: этот период − предыдущий',
  'Service level: this period − the period before': 'Уровень обслуживания: этот период − предыдущий',
  'ASA: this period − the period before': 'Средняя скорость ответа: этот период − предыдущий',
  'AHT: this period − the period before': 'Среднее время обработки: этот период − предыдущий',
  'Talk: this period − the period before': 'Разговор: этот период − предыдущий',
  'Least talk of the bin': 'Наименьший разговор интервала',
  'Visits whose talk lies in the bin': 'Визиты с разговором в этом интервале',
  'Sum of the talk of these visits': 'Сумма разговоров этих визитов',
  'Connected to an agent': 'Соединены с оператором',
  'Answered, but nobody states how long they talked': 'Принято, но длительность разговора никто не сообщил',
  'Talk / answered whose talk is stated': 'Разговор / принятые с известным разговором',
  'Longest stated talk': 'Самый долгий разговор по данным АТС',
  'Start of the slot, in the zone of the report': 'Начало интервала в часовом поясе отчёта',
  'End of the slot (exclusive)': 'Конец интервала (не входит)',
  'Most callers who waited at the same time': 'Наибольшее число одновременно ожидавших',
  'Σ time agents were logged in and not paused / length of the slot; empty: nobody is known to have logged in':
    'Σ времени операторов в системе без паузы / длина интервала; пусто: входов не известно',
  'Fewest agents on duty at the same time': 'Наименьшее число операторов на смене одновременно',
  'Most agents on duty at the same time': 'Наибольшее число операторов на смене одновременно',
  'Local hour in which they entered': 'Местный час входа',
  'Channel of the outer side without the number of the call, as PJSIP/carrier':
    'Внешний канал без номера звонка, например PJSIP/carrier',
  'inbound or outbound': 'Входящий или исходящий',
  'Calls from the outside (one per channel) or call records to the outside; the sum of answered, not answered, busy and failed':
    'Звонки извне (по каналам) или исходящие записи CDR; сумма отвеченных, без ответа, занятых и неудачных',
  '1-based place at the end': 'Место в конце, с 1',
  'Key by which the caller left the queue': 'Клавиша, по которой абонент вышел из очереди',
  '1: hung up within the short-abandon threshold of the queue; in the totals, the number of these':
    '1: положил трубку в пределах порога коротких потерь очереди; в итогах — их число',
  'Agents who were rung for this visit, in the order of the first ringing':
    'Операторы, которым звонили для этого визита, в порядке первого вызова',
  'Key by which these callers left': 'Клавиша, по которой вышли эти абоненты',
  'Visits with this outcome': 'Визиты с этим исходом',
  'Visits with this outcome / all listed': 'Визиты с этим исходом / все перечисленные',
  'Hung up within the short-abandon threshold of the queue; a part of the abandoned':
    'Положили трубку в пределах порога коротких потерь очереди; часть потерянных',
  'Wait / visits': 'Ожидание / визиты',
  'Longest stated wait': 'Самое долгое ожидание по данным АТС',
  'Number of the caller, as last shown': 'Номер абонента, как показан в последний раз',
  'Name of the caller, as last shown': 'Имя абонента, как показано в последний раз',
  'Queue in which the caller was lost last': 'Очередь, где абонент потерян в последний раз',
  'Contacts of this caller nobody answered': 'Непринятые обращения этого абонента',
  'When the first of them ended': 'Когда закончилось первое из них',
  'When the last of them ended': 'Когда закончилось последнее из них',
  'Outcome of the last of them': 'Исход последнего из них',
  'Longest stated wait of them': 'Самое долгое ожидание из них',
  'unreached, returned or calledBack': 'Не связались, перезвонил сам или мы перезвонили',
  'Outbound calls to this number until it was reached': 'Исходящие звонки на этот номер до связи',
  'When somebody spoke to the caller; empty: nobody did': 'Когда с абонентом поговорили; пусто: никто',
  'Reached − first lost; empty in the totals: see states':
    'Связались − первая потеря; в итогах пусто: см. состояния',
  'What became of the lost callers': 'Что стало с потерянными абонентами',
  'Lost callers, counted anew after each talk': 'Потерянные абоненты, заново после каждого разговора',
  'Callers in this state / all lost callers': 'Абоненты в этом состоянии / все потерянные',
  'Contacts of these callers nobody answered': 'Непринятые обращения этих абонентов',
  'Σ (reached − first lost) / reached': 'Σ (связались − первая потеря) / связались',
  'Half of the reached were reached within this time (nearest rank)':
    'С половиной связались за это время (ближайший ранг)',
  'What the call was about: tags (wrap-up codes), sorted':
    'О чём был звонок: метки (коды завершения), по алфавиту',
  'Tag (wrap-up code); null: visits without one': 'Метка (код завершения); пусто: визиты без неё',
  'Entries into the queues with this tag': 'Входы в очереди с этой меткой',
  'Visits with this tag / all visits of the slot, queue or agent':
    'Визиты с этой меткой / все визиты интервала, очереди или оператора',
  'Average handle time: (talk + wrap-up) / answered':
    'Среднее время обработки: (разговор + обработка) / принято',
  'The number they are ranked by; the table names it': 'Показатель рейтинга; его называет таблица',
  'Begin of the hour the cell stands for; null: it stands for those of several days':
    'Начало часа этой ячейки; пусто: она за часы нескольких дней',
  'End of that hour (exclusive)': 'Конец этого часа (не входит)',
  'The number asked for; the table names it': 'Запрошенный показатель; его называет таблица',
  'Local day': 'Местный день',
  '1-based number of the slot within its period': 'Номер интервала в своём периоде, с 1',
  'Start of the slot': 'Начало интервала',
  'Callers who entered': 'Вошедшие абоненты',
  Answered: 'Принято',
  'Hung up while waiting': 'Положили трубку, ожидая',
  'As in the queue report': 'Как в отчёте по очередям',
  'Visits, outcomes, waits, service level and talk per queue, by the time of entry.':
    'Визиты, исходы, ожидание, уровень обслуживания и разговоры по очередям, по времени входа.',
  'Calls, login, pauses by reason, ready time and occupancy per agent.':
    'Звонки, вход, паузы по причинам, готовность и занятость по операторам.',
  'Every visit of a queue: one row per entry.': 'Каждый визит в очередь: строка на вход.',
  'Per queue and overall: outcomes, service level against its target, answer and handle times, unique and repeat callers, peak day and hour, and the change against the period before.':
    'По очередям и в целом: исходы, уровень обслуживания и цель, время ответа и обработки, уникальные и повторные абоненты, пиковые день и час, изменение к предыдущему периоду.',
  'Every answered visit, calls still talking included, and the distribution of answer times.':
    'Каждый принятый визит, включая идущие разговоры, и распределение времени ответа.',
  'Every visit that ended without an agent: abandoned, timed out, left by key, sent out empty, withdrawn, pulled out, cancelled, interrupted; exits by key, places, waits and the agents who were tried.':
    'Каждый визит без оператора: потерян, истекло время, вышел по клавише, нет операторов, снят, переведён, отменён, прерван; выходы по клавише, места, ожидание и опрошенные операторы.',
  'Callers nobody answered: who was not reached since, who called again and got through, whom we called back, and how long it took.':
    'Непринятые абоненты: с кем так и не связались, кто перезвонил и дозвонился, кому мы перезвонили и за какое время.',
  'Callers, greatest queue depth and agents on duty by slot and queue (granularity, default day), by hour of the day and by weekday and hour.':
    'Абоненты, наибольшая длина очереди и операторы на смене по интервалам и очередям (по умолчанию день), по часам суток и по дням недели и часам.',
  'Two periods, queues or agents side by side: every number, the difference and the relative change.':
    'Два периода, очереди или оператора рядом: каждый показатель, разница и относительное изменение.',
  'Share of callers answered and lost within each second, and the service level with that threshold.':
    'Доля принятых и потерянных за каждую секунду и уровень обслуживания с этим порогом.',
  'Agents each half hour needs for the service level, by Erlang C and by Erlang A with the measured patience, against agents on duty; what if there were more calls, longer talks, other agents.':
    'Сколько операторов нужно каждому получасу для уровня обслуживания по Эрлангу C и A с измеренным терпением, против операторов на смене; что если звонков больше, разговоры дольше, операторов иначе.',
  'Distribution of the talk of answered visits, as the PBX states it, and talk per queue.':
    'Распределение разговоров принятых визитов по данным АТС и разговоры по очередям.',
  'Callers with the most contacts, and how many callers called how often.':
    'Абоненты с наибольшим числом обращений и сколько абонентов звонили как часто.',
  'Callers who did not have to call again: clusters of calls by number within a margin (QueueMetrics).':
    'Абоненты, которым не пришлось перезванивать: цепочки звонков по номеру в пределах срока (QueueMetrics).',
  'What calls were about: per tag (wrap-up code) visits, share, talk and handle time; by queue and by agent. A visit of several tags counts with each of them, and once in the totals.':
    'О чём были звонки: по меткам (кодам завершения) визиты, доля, разговор и обработка; по очередям и операторам. Визит с несколькими метками считается с каждой и один раз в итогах.',
  'Day sheet: first login, last logout, time in calls, pauses by reason and free time per agent and day. Needs tz.':
    'Лист дня: первый вход, последний выход, время в звонках, паузы по причинам и свободное время по операторам и дням. Нужен tz.',
  'Calls, offers, login and pauses of each agent in each queue, and the queues each one served. Login and pause are per queue: an agent of two queues is logged in to both at once, so the sum is more than the agents report has.':
    'Звонки, вызовы, вход и паузы каждого оператора в каждой очереди и обслуживаемые очереди. Вход и паузы — по очередям: оператор двух очередей вошёл в обе сразу, поэтому сумма больше, чем в отчёте по операторам.',
  'What became of the calls offered to each agent: answered, given up by the caller while ringing, not answered, busy, rejected, taken by another agent, phone unreachable, hung up before joining.':
    'Что стало со звонками, предложенными оператору: принят, абонент не дождался, не ответил, занято, отклонён, принял другой, телефон недоступен, сброшен до соединения.',
  'Agents or queues in the order of any number of the agents or queues report.':
    'Операторы или очереди по порядку любого показателя их отчётов.',
  'Agents or queues by weekday and hour, or by date and hour, for any number of their reports. The further table "all" has every hour of the range over all of them together, "days" and "hours" the totals of its rows and columns. Needs tz.':
    'Операторы или очереди по дням недели и часам или по датам и часам, для любого показателя их отчётов. Таблица «all» — каждый час периода по всем вместе, «days» и «hours» — итоги её строк и столбцов. Нужен tz.',
  'Every call record of the PBX, of queues or not: one row per record. A call can have several (one per phone it rang, two for a local channel).':
    'Каждая запись CDR на АТС, из очередей или нет: строка на запись. У звонка их может быть несколько (по телефону, две у локального канала).',
  'Calls to the outside per agent, destination or both: attempts, answer rate (ASR), billable time, ACD. From the call records whose direction is outbound.':
    'Исходящие звонки по операторам, назначениям или обоим: попытки, доля ответов (ASR), оплачиваемое время, ACD. По исходящим записям CDR.',
  'Per number callers dialled (DID): calls from the outside by call records, entries into queues, answered and abandoned, ASA, talk. With a filter by queue or agent only visits are counted.':
    'По набранным номерам (DID): звонки извне по CDR, входы в очереди, принятые и потерянные, скорость ответа, разговор. С фильтром по очереди или оператору считаются только визиты.',
  'Calls in and out per trunk: answer rate (ASR), billable time, ACD, calls per hour. From call records with a direction.':
    'Входящие и исходящие по транкам: доля ответов (ASR), оплачиваемое время, ACD, звонков в час. По записям CDR с направлением.',
  'What each agent is paid for talk: calls, minutes, rate, amount, adjustments.':
    'Сколько платят оператору за разговор: звонки, минуты, ставка, сумма, корректировки.',
  'What each agent is paid for talk in each queue. Adjustments belong to no queue and are left out.':
    'Сколько платят оператору за разговор в каждой очереди. Корректировки не относятся к очередям и не учтены.',
  'What each call pays its agent, and why it pays nothing. Totals are those of payout-agents.':
    'Сколько каждый звонок приносит оператору и почему не оплачен. Итоги — как в payout-agents.',
};
