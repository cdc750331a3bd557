/**
 * A process that stands for a PBX: accepts logins and then sends a file as fast as it is taken, so that its work is not
 * counted as the collector's. In: the file and the protocol (`ami`, `esl`) as arguments. Out: its port, as a message to the
 * parent process.
 */
import { readFileSync } from 'node:fs';
import { type Socket, createServer } from 'node:net';

/** How a PBX greets, where a request ends, and what it answers; undefined: nothing. */
interface Protocol {
  greeting: string;
  end: string;
  /** @param accepted to be called when the client is to get the bytes */
  answer(request: string, accepted: () => void): string | undefined;
}

const bytes = readFileSync(process.argv[2] ?? '');

const AMI: Protocol = {
  greeting: 'Asterisk Call Manager/11.0.0\r\n',
  end: '\r\n\r\n',
  answer: (request, accepted) => {
    const header = (name: string): string =>
      new RegExp(`^${name}: (.*)$`, 'im').exec(request)?.[1]?.trim() ?? '';
    const name = header('Action').toLowerCase();
    const respond = (status: string, rest: string): string =>
      `Response: ${status}\r\nActionID: ${header('ActionID')}\r\n${rest}\r\n\r\n`;
    if (name === 'ping') return respond('Success', 'Ping: Pong');
    if (name !== 'login') return respond('Error', 'Message: Permission denied');
    accepted();
    return respond('Success', 'Message: Authentication accepted');
  },
};

const ESL: Protocol = {
  greeting: 'Content-Type: auth/request\n\n',
  end: '\n\n',
  answer: (request, accepted) => {
    if (request.startsWith('api ')) return 'Content-Type: api/response\nContent-Length: 5\n\n-ERR\n';
    if (request.startsWith('event')) accepted();
    return 'Content-Type: command/reply\nReply-Text: +OK accepted\n\n';
  },
};

const protocol = process.argv[3] === 'esl' ? ESL : AMI;

const server = createServer((socket: Socket) => {
  socket.on('error', () => socket.destroy());
  socket.write(protocol.greeting);
  let text = '';
  const accepted = (): void => {
    process.removeAllListeners('message');
    process.once('message', () => socket.write(bytes));
  };
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
    const requests = text.split(protocol.end);
    text = requests.pop() ?? '';
    for (const request of requests) {
      const answer = protocol.answer(request.trimStart(), accepted);
      if (answer !== undefined) socket.write(answer);
    }
  });
});

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : undefined });
});
process.once('disconnect', () => process.exit());
