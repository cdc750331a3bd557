import { fieldOf, newSettings, parseSettings, withField } from './settings';

describe('settings of a connection', () => {
  const settings = {
    dialect: 'asterisk' as const,
    ami: { host: 'a', user: 'q', tls: true },
    directions: [{ context: 'x' }],
  };

  it('are read and changed by path, and keep what is not touched', () => {
    expect([
      fieldOf(settings, 'ami.host'),
      fieldOf(settings, 'ami.tls'),
      fieldOf(settings, 'cdr.file'),
    ]).toEqual(['a', 'true', '']);
    expect(withField(settings, 'ami.port', 5039)).toEqual({
      ...settings,
      ami: { ...settings.ami, port: 5039 },
    });
    expect(withField(settings, 'cdr.file', '/x.csv')).toEqual({ ...settings, cdr: { file: '/x.csv' } });
  });

  it('lose what is emptied, with its group', () => {
    const withCdr = withField(settings, 'cdr.file', '/x.csv');
    expect(withField(withCdr, 'cdr.file', '')).toEqual(settings);
    expect(withField(settings, 'ami.tls', undefined)).toEqual({ ...settings, ami: { host: 'a', user: 'q' } });
  });

  it('are refused as text without a dialect', () => {
    expect(parseSettings('{"dialect":"freeswitch"}')).toEqual({ dialect: 'freeswitch' });
    expect(() => parseSettings('{}')).toThrow('dialect');
    expect(() => parseSettings('[')).toThrow(SyntaxError);
    expect(newSettings('freeswitch')).toEqual({ dialect: 'freeswitch', esl: { host: '' } });
  });
});
