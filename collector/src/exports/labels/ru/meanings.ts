/** Russian: what columns mean, and formulas of the service level, by their English text. */
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
};
