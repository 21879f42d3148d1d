// Where the page shows threads: reads {diff, items, file} from stdin and answers with a spot for each item.
// The page's own module decides; it is compiled in memory, and what it imports for types alone is not there.
//
//   node place_threads.mjs ROOT < request.json
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import { json } from 'node:stream/consumers';

const root = process.argv[2];
const typescript = createRequire(path.join(root, 'package.json'))('typescript');

function load(file) {
  const { outputText } = typescript.transpileModule(
    readFileSync(`${file}.ts`, 'utf-8'),
    { compilerOptions: { module: 'CommonJS', target: 'ES2022' } }
  );
  const module = { exports: {} };
  const require = name => load(path.resolve(path.dirname(file), name));
  new Function('module', 'exports', 'require', outputText)(module, module.exports, require);
  return module.exports;
}

const { LineIndex, placeItems } = load(path.join(root, 'src/threads/placement'));
const { diff, items, file } = await json(process.stdin);
const placed = placeItems(new LineIndex(diff), items, file);
const spots = new Map();
for (const { spot, items: here } of placed.slots.values()) {
  const cell = diff.cells[spot.kind === 'row' ? spot.place.cell : spot.cell];
  const row = spot.kind === 'row' ? spot.place.row : null;
  const index = side => cell[side]?.index ?? null;
  for (const item of here) {
    spots.set(item.id, {
      kind: spot.kind,
      cell: { old: index('old'), new: index('new') },
      line: row && { old: row.old_number, new: row.new_number },
      output: spot.output ?? null
    });
  }
}
placed.file.forEach(item => spots.set(item.id, { kind: 'file' }));
placed.outdated.forEach(item => spots.set(item.id, { kind: 'outdated' }));
process.stdout.write(JSON.stringify(items.map(item => spots.get(item.id) ?? null)));
