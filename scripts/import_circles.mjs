/** Fails where modules of src/ import each other in a circle, types included: `node scripts/import_circles.mjs`. */
import { error } from 'node:console';
import { dirname, join, normalize } from 'node:path';
import process from 'node:process';

import ts from 'typescript';

const ENDINGS = ['.ts', '.tsx', '/index.ts', '/index.tsx'];

/** The modules of ours that a module needs before it can run or be checked; those loaded later by `import()` are not. */
function importsOf(path) {
  const { statements } = ts.createSourceFile(
    path,
    ts.sys.readFile(path),
    ts.ScriptTarget.Latest
  );
  return statements
    .map(statement => statement.moduleSpecifier?.text)
    .filter(name => name?.startsWith('.'))
    .map(name => normalize(join(dirname(path), name)))
    .flatMap(base =>
      ENDINGS.map(ending => base + ending).filter(ts.sys.fileExists)
    );
}

/** The first circle on each way from a module. */
function circles(paths) {
  const done = new Set();
  const found = [];
  const visit = (path, way) => {
    if (way.includes(path)) {
      found.push([...way.slice(way.indexOf(path)), path]);
    } else if (!done.has(path)) {
      importsOf(path).forEach(next => visit(next, [...way, path]));
      done.add(path);
    }
  };
  paths.forEach(path => visit(path, []));
  return found;
}

const found = circles(
  ts.sys.readDirectory('src', ['.ts', '.tsx']).map(normalize)
);
found.forEach(circle => error(`Imports in a circle: ${circle.join(' → ')}`));
process.exitCode = found.length > 0 ? 1 : 0;
