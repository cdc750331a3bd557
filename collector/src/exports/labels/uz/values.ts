/** Uzbek (Latin): codes in cells. */
import type { ValueWords } from '../values.js';

export const UZ_VALUES: ValueWords = {
  outcome: {
    waiting: 'Kutmoqda',
    answered: 'Qabul qilindi',
    abandoned: 'Tashlab ketildi',
    timedOut: 'Vaqt tugadi',
    exitedByKey: 'Tugma bilan chiqdi',
    exitedEmpty: 'Operator yo‘q',
    withdrawn: 'Olib tashlandi',
    pulledOut: 'Kutishdan o‘tkazildi',
    canceledAtConnect: 'Ulanishda bekor bo‘ldi',
    interrupted: 'Uzildi',
  },
  certainty: { stated: 'ATS bildirgan', assumed: 'Taxmin qilingan' },
  source: {
    log: 'Jurnal',
    stream: 'Hodisalar oqimi',
    received: 'Qabul qilingan vaqt',
    listed: 'Ro‘yxat bo‘yicha',
    estimated: 'Baholangan',
  },
  end: {
    left: 'Chiqdi',
    completed: 'Tugadi',
    transferred: 'O‘tkazildi',
    restart: 'ATS qayta ishga tushdi',
    gap: 'Ma’lumotlarda uzilish',
  },
  party: { agent: 'Operator', caller: 'Abonent', transfer: 'O‘tkazish', unknown: 'Noma’lum' },
  transfer: { blind: 'Ko‘r-ko‘rona', attended: 'Maslahatli' },
  direction: { inbound: 'Kiruvchi', outbound: 'Chiquvchi', internal: 'Ichki', unknown: 'Noma’lum' },
  disposition: {
    answered: 'Javob berildi',
    noAnswer: 'Javob yo‘q',
    busy: 'Band',
    failed: 'Amalga oshmadi',
    congestion: 'Tarmoq band',
  },
  episode: {
    unreached: 'Bog‘lanilmadi',
    returned: 'O‘zi qayta qo‘ng‘iroq qildi',
    calledBack: 'Biz qayta qo‘ng‘iroq qildik',
  },
  payout: {
    paid: 'To‘landi',
    belowMinimum: 'Juda qisqa',
    talkUnknown: 'Suhbat noma’lum',
    noRate: 'Stavkasiz',
    otherCurrency: 'Boshqa valyuta',
  },
  hours: { all: 'Barcha vaqt', open: 'Ish vaqti', closed: 'Ishdan tashqari' },
  weekday: { 1: 'Du', 2: 'Se', 3: 'Ch', 4: 'Pa', 5: 'Ju', 6: 'Sh', 7: 'Ya' },
};
