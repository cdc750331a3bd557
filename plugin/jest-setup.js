import './.config/jest-setup';

// @grafana/ui asks for these when it is loaded; jsdom has neither. Node's own would keep the worker alive.
class MessageChannelStub {
  constructor() {
    this.port1 = { onmessage: null, close() {} };
    this.port2 = { postMessage: (data) => setTimeout(() => this.port1.onmessage?.({ data }), 0), close() {} };
  }
}
globalThis.MessageChannel ??= MessageChannelStub;
globalThis.ReadableStream ??= require('node:stream/web').ReadableStream;
globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
