/** Uzbek (Latin): what columns mean, and formulas of the service level, by their English text. */
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
};
