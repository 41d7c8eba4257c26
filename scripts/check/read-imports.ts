import { parseSync } from 'vite';

export interface ImportedModule {
  readonly specifier: string;
  readonly line: number;
  /** Nothing of the module is there at run time. */
  readonly typeOnly: boolean;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [field: string]: unknown;
}

/** All modules that a source file names: imports, re-exports, import(), import types, require(). */
export function readImports(fileName: string, source: string): readonly ImportedModule[] {
  const { program, errors } = parseSync(fileName, source);
  if (errors[0] !== undefined) throw new Error(`${fileName}: ${errors[0].message}`);
  const found: ImportedModule[] = [];
  const add = (node: Node, from: unknown, typeOnly: boolean): void => {
    const specifier = literalText(from);
    if (specifier === undefined) return;
    found.push({ specifier, line: source.slice(0, node.start).split('\n').length, typeOnly });
  };
  visit(program, (node) => {
    switch (node.type) {
      case 'ImportDeclaration':
        add(node, node.source, node.importKind === 'type' || everyOneIsType(node.specifiers));
        break;
      case 'ExportNamedDeclaration':
      case 'ExportAllDeclaration':
        add(node, node.source, node.exportKind === 'type');
        break;
      case 'ImportExpression':
        add(node, node.source, false);
        break;
      case 'TSImportType':
        add(node, node.source, true);
        break;
      case 'CallExpression':
        if (isIdentifier(node.callee, 'require')) add(node, (node.arguments as readonly unknown[])[0], false);
        break;
    }
  });
  return found;
}

function visit(value: unknown, report: (node: Node) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) visit(item, report);
  } else if (isNode(value)) {
    report(value);
    for (const field of Object.values(value)) if (typeof field === 'object') visit(field, report);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}

function isIdentifier(value: unknown, name: string): boolean {
  return isNode(value) && value.type === 'Identifier' && value.name === name;
}

function literalText(value: unknown): string | undefined {
  return isNode(value) && value.type === 'Literal' && typeof value.value === 'string' ? value.value : undefined;
}

function everyOneIsType(specifiers: unknown): boolean {
  return (
    Array.isArray(specifiers) &&
    specifiers.length > 0 &&
    specifiers.every((specifier) => isNode(specifier) && specifier.importKind === 'type')
  );
}
