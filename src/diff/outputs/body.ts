import type { Schemas } from '../../api/client';

/** One output as nbformat 4 writes it, with texts in one piece. */
export type OutputBody = Schemas['OutputBody']['output'];

/** Picture types, the best first. */
const PICTURES = [
  'image/svg+xml',
  'image/png',
  'image/webp',
  'image/jpeg',
  'image/gif'
];

/** Colours and other escape sequences of terminals (ECMA-48). */
const ESCAPES =
  // eslint-disable-next-line no-control-regex
  /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\-_])/g;

/** What a terminal would show: without colours, and of a line that was written over, its last version. */
export function plainText(text: string): string {
  return text
    .replace(ESCAPES, '')
    .split('\n')
    .map(line => {
      const trimmed = line.replace(/\r+$/, '');
      return trimmed.slice(trimmed.lastIndexOf('\r') + 1);
    })
    .join('\n');
}

function joined(value: unknown): string {
  return Array.isArray(value)
    ? value.map(String).join('')
    : typeof value === 'string'
      ? value
      : '';
}

function dataOf(body: OutputBody): Record<string, unknown> {
  return (body.data ?? {}) as Record<string, unknown>;
}

/** The text of a stream or of a result that is text. */
export function textOf(body: OutputBody): string {
  return plainText(
    body.output_type === 'stream'
      ? joined(body.text)
      : joined(dataOf(body)['text/plain'])
  );
}

/** The HTML of a result. */
export function htmlOf(body: OutputBody): string {
  return joined(dataOf(body)['text/html']);
}

/** What an error says in one line. */
export function errorName(body: OutputBody): string {
  return [joined(body.ename), plainText(joined(body.evalue))]
    .filter(part => part)
    .join(': ');
}

/** Where an error comes from. */
export function tracebackOf(body: OutputBody): string {
  const { traceback } = body as { traceback?: unknown };
  const lines = Array.isArray(traceback)
    ? traceback.map(String)
    : [joined(traceback)];
  return plainText(lines.join('\n'));
}

/** The bytes of a picture; null if the output has none that can be shown. */
export function pictureOf(body: OutputBody): Blob | null {
  const data = dataOf(body);
  const type = PICTURES.find(each => data[each] !== undefined);
  if (type === undefined) {
    return null;
  }
  const text = joined(data[type]);
  if (type === 'image/svg+xml') {
    return new Blob([text], { type });
  }
  try {
    const characters = atob(text.replace(/\s/g, ''));
    const bytes = new Uint8Array(characters.length);
    for (let i = 0; i < bytes.length; i++) {
      bytes[i] = characters.charCodeAt(i); // `from` takes a hundred times as long
    }
    return new Blob([bytes], { type });
  } catch {
    return null;
  }
}
