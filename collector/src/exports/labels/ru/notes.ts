/** Russian: notes of reports, by their English pattern. */
import type { NotePatterns } from '../notes.js';

export const RU_NOTES: NotePatterns = {
  'Totals come with the first page.': 'Итоги стоят на первой странице.',
  'The queue report is not limited to agents; that filter was left out.':
    'Отчёт по очередям не ограничивается операторами; этот фильтр не применён.',
  'This report is not limited to agents; that filter was left out.':
    'Этот отчёт не ограничивается операторами; этот фильтр не применён.',
  'Numbers of queues are not limited to agents; that filter was left out.':
    'Показатели очередей не ограничиваются операторами; этот фильтр не применён.',
  'Trunks are not limited to queues or agents; that filter was left out.':
    'Транки не ограничиваются очередями и операторами; этот фильтр не применён.',
  'Calls to the outside have no queue; that filter was left out.':
    'У исходящих звонков нет очереди; этот фильтр не применён.',
  'Unanswered visits have no agent; that filter was left out.':
    'У непринятых звонков нет оператора; этот фильтр не применён.',
  'Only visits are limited to queues and agents: calls by call records were left out.':
    'Очередями и операторами ограничиваются только визиты: звонки по записям CDR не учтены.',
  'Calls, login and pause are of this queue only; what agents do across queues is left open.':
    'Звонки, вход и паузы — только этой очереди; что операторы делают в других, здесь не видно.',
  'Calls are of these queues only; login, pause and ready time are known per queue or over all queues.':
    'Звонки — только этих очередей; вход, паузы и готовность известны по одной очереди или по всем.',
  'Only what entered while its queue was open, by business hours and holidays.':
    'Только вошедшие, пока их очередь была открыта, по рабочему времени и праздникам.',
  'Only what entered while its queue was closed, by business hours and holidays.':
    'Только вошедшие, пока их очередь была закрыта, по рабочему времени и праздникам.',
  'A part of the range has no business hours and is neither open nor closed, for {}.':
    'Для части периода рабочее время не задано, она не считается ни рабочей, ни нерабочей: {}.',
  'No business hours are given for {}: left out.': 'Рабочее время не задано, очереди не учтены: {}.',
  'Queues are open at different times: login, pause and ready time are left open; ask for one queue.':
    'Очереди открыты в разное время: вход, паузы и готовность не показаны; выберите одну очередь.',
  'The first {} of {}.': 'Первые {} из {}.',
  'Compared with {}.': 'В сравнении с {}.',
  'The period before: {} – {}.': 'Предыдущий период: {} – {}.',
  'Reached counts until {}, as far as calls are known.': 'Связь учтена до {}, насколько известны звонки.',
  '{} lost contacts show no number: nobody can follow them.':
    'Потерянных обращений без номера: {}, проследить их нельзя.',
  'No outbound calls are known in this time: call-backs cannot be seen.':
    'Исходящие звонки за это время неизвестны: перезвоны не видны.',
  'Callers refused before they entered (queue full, nobody there) leave no visit and are not in it.':
    'Абоненты, отклонённые до входа (очередь полна, никого нет), не оставляют визита и сюда не входят.',
  '{} callers have at least {} contacts; the {} with the most are listed.':
    'Абонентов — {}, у каждого обращений не менее {}; показаны {} с наибольшим числом.',
  '{} contacts show no number and are left out.': 'Обращений без номера: {}, они не учтены.',
  '{} contacts of the tenant show no number and are left out.': 'Обращений без номера: {}, они не учтены.',
  '{} callers may still call again within the margin.':
    'Абонентов, которые ещё могут перезвонить в пределах срока: {}.',
  '{} answered visits have no stated talk and are in no bin.':
    'Принятых визитов без указанного разговора: {}, они не попали ни в один интервал.',
  'Totals are those of the greatest threshold.': 'Итоги — для наибольшего порога.',
  'Goal: {} % of the calls answered within {} s.': 'Цель: {} % звонков принято за {} с.',
  'Average handle time of the range not known; average patience not known.':
    'Среднее время обработки и среднее терпение за период неизвестны.',
  'Average handle time of the range not known; average patience {} s.':
    'Среднее время обработки за период неизвестно; среднее терпение {} с.',
  'Average handle time of the range {} s; average patience not known.':
    'Среднее время обработки за период {} с; среднее терпение неизвестно.',
  'Average handle time of the range {} s; average patience {} s.':
    'Среднее время обработки за период {} с; среднее терпение {} с.',
  'The queues are taken as one pool in which every agent can take every call.':
    'Очереди считаются общими: каждый оператор может принять любой звонок.',
  'Calls are taken times {}.': 'Число звонков умножено на {}.',
  'Paid staff counts {} % shrinkage.': 'Штат учитывает {} % потерь рабочего времени.',
  'Agents on duty are taken as {}.': 'Операторов на смене принято: {}.',
  '{} call records of the range have no direction and are not counted: give the PBX rules under directions.':
    'Записей CDR без направления: {}, они не учтены; задайте для АТС правила directions.',
  'A preview: this range is no payout period.': 'Предварительно: этот период не является периодом выплат.',
  'Period "{}", locked {}: as stored then.': 'Период «{}», закрыт {}: как сохранено тогда.',
  'Period "{}", open: numbers still follow data, rates and names.':
    'Период «{}», открыт: числа ещё следуют за данными, ставками и именами.',
  'There are no rates yet: nothing is paid.': 'Ставок ещё нет: ничего не оплачивается.',
  'Talk as the PBX reports it, × rate per minute in {}, each call rounded half up to the minor unit.':
    'Разговор по данным АТС × ставка за минуту в {}; каждый звонок округлён до разменной единицы, половина — вверх.',
  "Talk as the PBX reports it, × rate per minute in {}, each agent's total rounded half up to the minor unit.":
    'Разговор по данным АТС × ставка за минуту в {}; итог каждого оператора округлён до разменной единицы, половина — вверх.',
  'Talk as measured, × rate per minute in {}, each call rounded half up to the minor unit.':
    'Измеренный разговор × ставка за минуту в {}; каждый звонок округлён до разменной единицы, половина — вверх.',
  "Talk as measured, × rate per minute in {}, each agent's total rounded half up to the minor unit.":
    'Измеренный разговор × ставка за минуту в {}; итог каждого оператора округлён до разменной единицы, половина — вверх.',
  'Calls with less than {} s of talk are not paid.': 'Звонки с разговором короче {} с не оплачиваются.',
  'What was paid in the locked {} stands in the reports of exactly these periods.':
    'Что выплачено в закрытых периодах ({}), стоит в отчётах ровно за эти периоды.',
  'Amounts are rounded here; they add up to the totals of agents before rounding only.':
    'Суммы здесь округлены; с итогами операторов они сходятся только до округления.',
  'Each agent’s total over all queues is rounded once: rows of queues may differ from it by minor units.':
    'Итог оператора по всем очередям округлён один раз: строки очередей могут отличаться на разменные единицы.',
};
