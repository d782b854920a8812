/**
 * Gives waiting messages (pause, stop) their turn. A message to oneself is served after those that wait
 * already, and at once: a timer would wait four milliseconds in a browser.
 */
let channel: MessageChannel | null = null;
const waiting: (() => void)[] = [];

export function yieldToMessages(): Promise<void> {
  if (typeof setImmediate === 'function') return new Promise((resolve) => setImmediate(resolve));
  if (!channel) {
    channel = new MessageChannel();
    channel.port1.onmessage = () => waiting.shift()?.();
  }
  const { port2 } = channel;
  return new Promise((resolve) => {
    waiting.push(resolve);
    port2.postMessage(null);
  });
}
