/** Russian: codes in cells. */
import type { ValueWords } from '../values.js';

export const RU_VALUES: ValueWords = {
  outcome: {
    waiting: 'Ожидает',
    answered: 'Принят',
    abandoned: 'Потерян',
    timedOut: 'Истекло время',
    exitedByKey: 'Вышел по клавише',
    exitedEmpty: 'Нет операторов',
    withdrawn: 'Снят',
    pulledOut: 'Переведён из ожидания',
    canceledAtConnect: 'Отменён при соединении',
    interrupted: 'Прерван',
  },
  certainty: { stated: 'Указано АТС', assumed: 'Предположено' },
  source: {
    log: 'Журнал',
    stream: 'Поток событий',
    received: 'Время приёма',
    listed: 'По списку',
    estimated: 'Оценка',
  },
  end: {
    left: 'Вышел',
    completed: 'Завершён',
    transferred: 'Переведён',
    restart: 'Перезапуск АТС',
    gap: 'Разрыв в данных',
  },
  party: { agent: 'Оператор', caller: 'Абонент', transfer: 'Перевод', unknown: 'Неизвестно' },
  transfer: { blind: 'Слепой', attended: 'С консультацией' },
  direction: {
    inbound: 'Входящий',
    outbound: 'Исходящий',
    internal: 'Внутренний',
    unknown: 'Неизвестно',
  },
  disposition: {
    answered: 'Отвечен',
    noAnswer: 'Нет ответа',
    busy: 'Занято',
    failed: 'Не удалось',
    congestion: 'Перегрузка',
  },
  episode: { unreached: 'Не связались', returned: 'Перезвонил сам', calledBack: 'Мы перезвонили' },
  payout: {
    paid: 'Оплачен',
    belowMinimum: 'Слишком короткий',
    talkUnknown: 'Разговор неизвестен',
    noRate: 'Без ставки',
    otherCurrency: 'Другая валюта',
  },
  hours: { all: 'Всё время', open: 'Рабочее', closed: 'Нерабочее' },
  weekday: { 1: 'Пн', 2: 'Вт', 3: 'Ср', 4: 'Чт', 5: 'Пт', 6: 'Сб', 7: 'Вс' },
};
