/** A type as the server's catalogue has it, with what it is made of. */
export interface CatalogueType {
  readonly oid: number;
  readonly kind: 'base' | 'composite' | 'domain' | 'enum' | 'pseudo' | 'range' | 'multirange';
  /** Whether it has both a binary output and a binary input. */
  readonly hasBinaryForm: boolean;
  /** What it is made of: the element of an array, what a domain or a range is over, the attributes of a composite. */
  readonly parts: readonly number[];
  readonly isArray: boolean;
}

/** Types below have the same number on every server. */
const firstOidOfUsers = 16_384;

/**
 * What is a name in text and a number of this one server in binary: regproc, regprocedure, regoper, regoperator, regclass,
 * regtype, regconfig, regdictionary, regnamespace, regrole, regcollation.
 */
const namesByNumber: ReadonlySet<number> = new Set([24, 2202, 2203, 2204, 2205, 2206, 3734, 3769, 4089, 4096, 4191]);

/**
 * Whether the binary form of a type means the same on another server of the same major version. Arrays and composites carry the
 * numbers of what they are made of, which differ for everything that users made; so do the contents of extensions, whose
 * versions may differ.
 */
export function travelsAsBinary(oid: number, types: ReadonlyMap<number, CatalogueType>): boolean {
  const type = types.get(oid);
  if (type === undefined || !type.hasBinaryForm || namesByNumber.has(oid)) return false;
  const partsTravel = type.parts.every((part) => travelsAsBinary(part, types));
  switch (type.kind) {
    case 'base':
      return partsTravel && (type.isArray ? type.parts.every(isBuiltIn) : isBuiltIn(oid));
    case 'composite':
      return partsTravel && type.parts.every(isBuiltIn);
    case 'enum':
      return true;
    case 'domain':
    case 'range':
    case 'multirange':
      return partsTravel;
    case 'pseudo':
      return false;
  }
}

function isBuiltIn(oid: number): boolean {
  return oid < firstOidOfUsers;
}
