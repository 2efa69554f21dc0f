import ts from 'typescript';

export type JsonSchema = boolean | { readonly [key: string]: unknown };

/**
 * JSON schema (draft 7) of a type that a file exports: objects are closed, so a property the type does not have is an error.
 * Knows what types of data are made of; throws on a type no JSON has.
 */
export function schemaOfType(file: string, name: string): JsonSchema {
  const program = ts.createProgram([file], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    types: [],
  });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const exported = source === undefined ? undefined : checker.getSymbolAtLocation(source);
  const symbol = exported === undefined ? undefined : checker.getExportsOfModule(exported).find((one) => one.name === name);
  if (symbol === undefined) throw new Error(`${file} exports no ${name}.`);

  const definitions: Record<string, JsonSchema> = {};
  const references = new Map<ts.Type, string>();

  const ofType = (type: ts.Type): JsonSchema => {
    if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return true;
    // What an optional property may be besides its type is not there in JSON.
    if (type.flags & (ts.TypeFlags.Never | ts.TypeFlags.Undefined)) return false;
    if (type.flags & ts.TypeFlags.Null) return { type: 'null' };
    // Values of an enumeration are literals too.
    if (type.isStringLiteral() || type.isNumberLiteral()) return { const: type.value };
    if (type.flags & ts.TypeFlags.BooleanLiteral) return { const: checker.typeToString(type) === 'true' };
    if (type.isUnion()) return { anyOf: type.types.filter((one) => !(one.flags & ts.TypeFlags.Undefined)).map(ofType) };
    if (type.flags & ts.TypeFlags.String) return { type: 'string' };
    if (type.flags & ts.TypeFlags.Number) return { type: 'number' };
    if (type.flags & ts.TypeFlags.Object || type.isIntersection()) return reference(type);
    throw new Error(`No JSON has the type ${checker.typeToString(type)}.`);
  };

  /** Types that stand in several places are written once; a dashboard may even hold itself. */
  const reference = (type: ts.Type): JsonSchema => {
    const known = references.get(type);
    if (known !== undefined) return { $ref: `#/definitions/${known}` };
    const key = `t${references.size}`;
    references.set(type, key);
    definitions[key] = ofObject(type);
    return { $ref: `#/definitions/${key}` };
  };

  const ofObject = (type: ts.Type): JsonSchema => {
    if (checker.isArrayType(type))
      return { type: 'array', items: ofType(checker.getTypeArguments(type as ts.TypeReference)[0] as ts.Type) };
    if (type.getCallSignatures().length > 0) throw new Error(`No JSON has the function ${checker.typeToString(type)}.`);
    const index = type.getStringIndexType();
    const properties = checker.getPropertiesOfType(type);
    const optional = (property: ts.Symbol): boolean => (property.flags & ts.SymbolFlags.Optional) !== 0;
    return {
      type: 'object',
      properties: Object.fromEntries(properties.map((property) => [property.name, ofType(checker.getTypeOfSymbol(property))])),
      required: properties.filter((property) => !optional(property)).map((property) => property.name),
      additionalProperties: index === undefined ? false : ofType(index),
    };
  };

  const root = ofType(checker.getDeclaredTypeOfSymbol(symbol));
  return { $schema: 'http://json-schema.org/draft-07/schema#', ...(root as object), definitions };
}
