/** Uzbek (Latin): notes of reports, by their English pattern. */
import type { NotePatterns } from '../notes.js';

export const UZ_NOTES: NotePatterns = {
  'Totals come with the first page.': 'Jamilar birinchi sahifada.',
  'The queue report is not limited to agents; that filter was left out.':
    'Navbatlar hisoboti operatorlar bilan cheklanmaydi; bu filtr qo‘llanmadi.',
  'This report is not limited to agents; that filter was left out.':
    'Bu hisobot operatorlar bilan cheklanmaydi; bu filtr qo‘llanmadi.',
  'Numbers of queues are not limited to agents; that filter was left out.':
    'Navbat ko‘rsatkichlari operatorlar bilan cheklanmaydi; bu filtr qo‘llanmadi.',
  'Trunks are not limited to queues or agents; that filter was left out.':
    'Tranklar navbat va operatorlar bilan cheklanmaydi; bu filtr qo‘llanmadi.',
  'Calls to the outside have no queue; that filter was left out.':
    'Chiquvchi qo‘ng‘iroqlarning navbati yo‘q; bu filtr qo‘llanmadi.',
  'Unanswered visits have no agent; that filter was left out.':
    'Qabul qilinmagan tashriflarning operatori yo‘q; bu filtr qo‘llanmadi.',
  'Only visits are limited to queues and agents: calls by call records were left out.':
    'Faqat tashriflar navbat va operatorlar bilan cheklanadi: CDR bo‘yicha qo‘ng‘iroqlar hisobga olinmadi.',
  'Calls, login and pause are of this queue only; what agents do across queues is left open.':
    'Qo‘ng‘iroqlar, kirish va tanaffuslar faqat shu navbatniki; operatorlarning boshqa navbatlardagi ishi ko‘rinmaydi.',
  'Calls are of these queues only; login, pause and ready time are known per queue or over all queues.':
    'Qo‘ng‘iroqlar faqat shu navbatlarniki; kirish, tanaffus va tayyorlik bitta navbat yoki hammasi bo‘yicha ma’lum.',
  'Only what entered while its queue was open, by business hours and holidays.':
    'Faqat navbati ochiq paytda kirganlar: ish vaqti va bayramlar bo‘yicha.',
  'Only what entered while its queue was closed, by business hours and holidays.':
    'Faqat navbati yopiq paytda kirganlar: ish vaqti va bayramlar bo‘yicha.',
  'A part of the range has no business hours and is neither open nor closed, for {}.':
    'Davrning bir qismida ish vaqti belgilanmagan, u na ochiq, na yopiq: {}.',
  'No business hours are given for {}: left out.': 'Ish vaqti belgilanmagan, hisobga olinmadi: {}.',
  'Queues are open at different times: login, pause and ready time are left open; ask for one queue.':
    'Navbatlar turli vaqtda ochiq: kirish, tanaffus va tayyorlik ko‘rsatilmaydi; bitta navbatni tanlang.',
  'The first {} of {}.': 'Birinchi {} ta, jami {}.',
  'Compared with {}.': 'Taqqoslanmoqda: {}.',
  'The period before: {} – {}.': 'Oldingi davr: {} – {}.',
  'Reached counts until {}, as far as calls are known.':
    'Bog‘lanish {} gacha hisoblangan, qo‘ng‘iroqlar ma’lum bo‘lgani qadar.',
  '{} lost contacts show no number: nobody can follow them.':
    'Raqamsiz yo‘qotilgan murojaatlar: {}, ularni kuzatib bo‘lmaydi.',
  'No outbound calls are known in this time: call-backs cannot be seen.':
    'Bu vaqtdagi chiquvchi qo‘ng‘iroqlar noma’lum: qayta qo‘ng‘iroqlar ko‘rinmaydi.',
  'Callers refused before they entered (queue full, nobody there) leave no visit and are not in it.':
    'Kirishdan oldin rad etilgan abonentlar (navbat to‘la, hech kim yo‘q) tashrif qoldirmaydi va bunga kirmaydi.',
  '{} callers have at least {} contacts; the {} with the most are listed.':
    '{} abonentning kamida {} tadan murojaati bor; eng ko‘p murojaatli {} tasi ko‘rsatilgan.',
  '{} contacts show no number and are left out.': 'Raqamsiz murojaatlar: {}, ular hisobga olinmadi.',
  '{} contacts of the tenant show no number and are left out.':
    'Raqamsiz murojaatlar: {}, ular hisobga olinmadi.',
  '{} callers may still call again within the margin.':
    'Muddat ichida yana qo‘ng‘iroq qilishi mumkin bo‘lgan abonentlar: {}.',
  '{} answered visits have no stated talk and are in no bin.':
    'Suhbati ko‘rsatilmagan qabul qilingan tashriflar: {}, ular hech bir oraliqqa kirmadi.',
  'Totals are those of the greatest threshold.': 'Jamilar eng katta chegara uchun.',
  'Goal: {} % of the calls answered within {} s.':
    'Maqsad: qo‘ng‘iroqlarning {} % i {} s ichida qabul qilinadi.',
  'Average handle time of the range not known; average patience not known.':
    'Davrdagi o‘rtacha ishlov vaqti va o‘rtacha sabr noma’lum.',
  'Average handle time of the range not known; average patience {} s.':
    'Davrdagi o‘rtacha ishlov vaqti noma’lum; o‘rtacha sabr {} s.',
  'Average handle time of the range {} s; average patience not known.':
    'Davrdagi o‘rtacha ishlov vaqti {} s; o‘rtacha sabr noma’lum.',
  'Average handle time of the range {} s; average patience {} s.':
    'Davrdagi o‘rtacha ishlov vaqti {} s; o‘rtacha sabr {} s.',
  'The queues are taken as one pool in which every agent can take every call.':
    'Navbatlar umumiy deb olinadi: har bir operator har qanday qo‘ng‘iroqni qabul qila oladi.',
  'Calls are taken times {}.': 'Qo‘ng‘iroqlar soni {} ga ko‘paytirilgan.',
  'Paid staff counts {} % shrinkage.': 'Shtat {} % ish vaqti yo‘qotilishini hisobga oladi.',
  'Agents on duty are taken as {}.': 'Navbatchi operatorlar soni {} deb olingan.',
  '{} call records of the range have no direction and are not counted: give the PBX rules under directions.':
    'Yo‘nalishi noma’lum CDR yozuvlari: {}, ular hisoblanmadi; ATS uchun directions qoidalarini bering.',
  'A preview: this range is no payout period.': 'Dastlabki ko‘rinish: bu davr to‘lov davri emas.',
  'Period "{}", locked {}: as stored then.': '«{}» davri {} da yopilgan: o‘shanda saqlanganidek.',
  'Period "{}", open: numbers still follow data, rates and names.':
    '«{}» davri ochiq: sonlar hali ma’lumot, stavka va ismlarga ergashadi.',
  'There are no rates yet: nothing is paid.': 'Hali stavkalar yo‘q: hech narsa to‘lanmaydi.',
  'Talk as the PBX reports it, × rate per minute in {}, each call rounded half up to the minor unit.':
    'ATS bildirgan suhbat × daqiqalik stavka ({}); har bir qo‘ng‘iroq mayda birlikgacha yaxlitlangan, yarmi yuqoriga.',
  "Talk as the PBX reports it, × rate per minute in {}, each agent's total rounded half up to the minor unit.":
    'ATS bildirgan suhbat × daqiqalik stavka ({}); har bir operator jamisi mayda birlikgacha yaxlitlangan, yarmi yuqoriga.',
  'Talk as measured, × rate per minute in {}, each call rounded half up to the minor unit.':
    'O‘lchangan suhbat × daqiqalik stavka ({}); har bir qo‘ng‘iroq mayda birlikgacha yaxlitlangan, yarmi yuqoriga.',
  "Talk as measured, × rate per minute in {}, each agent's total rounded half up to the minor unit.":
    'O‘lchangan suhbat × daqiqalik stavka ({}); har bir operator jamisi mayda birlikgacha yaxlitlangan, yarmi yuqoriga.',
  'Calls with less than {} s of talk are not paid.': '{} s dan qisqa suhbatli qo‘ng‘iroqlar to‘lanmaydi.',
  'What was paid in the locked {} stands in the reports of exactly these periods.':
    'Yopilgan davrlarda ({}) to‘langanlar aynan shu davrlar hisobotida.',
  'Amounts are rounded here; they add up to the totals of agents before rounding only.':
    'Summalar bu yerda yaxlitlangan; operatorlar jamisiga faqat yaxlitlashdan oldin teng.',
  'Each agent’s total over all queues is rounded once: rows of queues may differ from it by minor units.':
    'Operatorning barcha navbatlar bo‘yicha jamisi bir marta yaxlitlanadi: navbat qatorlari mayda birlikka farq qilishi mumkin.',
};
