/**
 * A process that stands for a PBX: accepts AMI logins and then sends a file as fast as it is taken, so that its work is
 * not counted as the collector's. In: the file as argument. Out: its port, as a message to the parent process.
 */
import { readFileSync } from 'node:fs';
import { type Socket, createServer } from 'node:net';

const bytes = readFileSync(process.argv[2] ?? '');

const server = createServer((socket) => {
  socket.on('error', () => socket.destroy());
  socket.write('Asterisk Call Manager/11.0.0\r\n');
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
    const actions = text.split('\r\n\r\n');
    text = actions.pop() ?? '';
    for (const action of actions) answer(socket, action);
  });
});

function answer(socket: Socket, action: string): void {
  const header = (name: string): string =>
    new RegExp(`^${name}: (.*)$`, 'im').exec(action)?.[1]?.trim() ?? '';
  const name = header('Action').toLowerCase();
  const respond = (status: string, rest: string): void =>
    void socket.write(`Response: ${status}\r\nActionID: ${header('ActionID')}\r\n${rest}\r\n\r\n`);
  if (name === 'login') {
    respond('Success', 'Message: Authentication accepted');
    process.once('message', () => socket.write(bytes));
  } else if (name === 'ping') respond('Success', 'Ping: Pong');
  else respond('Error', 'Message: Permission denied');
}

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : undefined });
});
process.once('disconnect', () => process.exit());
