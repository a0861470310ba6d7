/** What an error that no person wrote says about itself. */
interface MachineError {
  readonly code: string;
  readonly message: string;
  /** Where it was to connect, as `address:port`, or what it is called. */
  readonly place: string | undefined;
  readonly path: string | undefined;
  readonly syscall: string | undefined;
}

/**
 * Why something failed, in a sentence for a person. Errors of the operating system, of connections and of certificates are
 * told in words; what anything else says is a sentence already.
 */
export function causeText(error: unknown): string {
  return translated(error) ?? ownWords(error);
}

/** The same, with the original words behind it where they were translated: for what ends something. */
export function causeWithOriginal(error: unknown, original = ownWords(error)): string {
  const sentence = translated(error);
  return sentence === undefined ? original : `${sentence} (original error: ${original})`;
}

/** Errors within errors that are looked at; a program that wraps more often than that is in a loop. */
const mostLevels = 10;

/** @returns undefined when the error speaks for itself. */
function translated(error: unknown, level = 0): string | undefined {
  if (level > mostLevels) return undefined;
  if (isBundle(error)) {
    const sentences = error.errors.map((each: unknown) => translated(each, level + 1));
    return sentences.includes(undefined) ? undefined : [...new Set(sentences)].join('; ');
  }
  // What `fetch` throws itself says nothing but that there is a cause.
  if (text(error, 'message') === 'fetch failed') return translated(property(error, 'cause'), level + 1);
  const machine = machineError(error);
  return machine === undefined ? undefined : sentenceOf(machine);
}

/** Of a connection that failed at several addresses: it says what happened at each, and nothing by itself. */
function isBundle(error: unknown): error is AggregateError {
  return error instanceof AggregateError && text(error, 'message') === '' && error.errors.length > 0;
}

function machineError(error: unknown): MachineError | undefined {
  const [code, message] = [text(error, 'code'), text(error, 'message') ?? ''];
  if (code === undefined || !isOfMachine(code, message)) return undefined;
  const [address, port] = [text(error, 'address') ?? text(error, 'hostname'), property(error, 'port')];
  const place = address === undefined || typeof port !== 'number' ? address : `${address}:${String(port)}`;
  return { code, message, place, path: text(error, 'path'), syscall: text(error, 'syscall') };
}

/** Whether a message is what Node makes of a code (`connect ECONNREFUSED …`), and no sentence that only names it. */
function isOfMachine(code: string, message: string): boolean {
  if (message === '' || /^(?:socket hang up|other side closed|terminated)$/.test(message)) return true;
  return message.split(/[ :,]/, 3).includes(code) || message.endsWith(` ${code}`) || Object.hasOwn(certificates, code);
}

const certificates: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate of the server is signed by nobody but itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'the certificate of the server is signed by an authority that is not known here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the certificate of the server is signed by an authority that is not known here',
  UNABLE_TO_GET_ISSUER_CERT: 'the certificate of the server is signed by an authority that is not known here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the certificate of the server is signed by an authority that is not known here',
  CERT_HAS_EXPIRED: 'the certificate of the server has expired',
  CERT_NOT_YET_VALID: 'the certificate of the server is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate of the server is for another name',
};

function sentenceOf({ code, place, path, syscall }: MachineError): string | undefined {
  const where = place ?? 'the other side';
  const what = path ?? 'what it needs';
  switch (code) {
    case 'ECONNREFUSED':
      return place === undefined ? 'nothing listens there' : `nothing listens at ${place}`;
    case 'ECONNRESET':
    case 'ECONNABORTED':
    case 'EPIPE':
    case 'UND_ERR_SOCKET':
    case 'UND_ERR_CLOSED':
      return `${where} closed the connection before it had answered`;
    case 'EHOSTUNREACH':
    case 'EHOSTDOWN':
    case 'ENETUNREACH':
    case 'ENETDOWN':
      return `${where} cannot be reached over the network`;
    case 'ETIMEDOUT':
    case 'ESOCKETTIMEDOUT':
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'UND_ERR_HEADERS_TIMEOUT':
    case 'UND_ERR_BODY_TIMEOUT':
      return `${where} did not answer in time`;
    case 'ENOTFOUND':
    case 'ENODATA':
      return `there is no host ${place ?? 'of that name'}, as far as the name server here knows`;
    case 'EAI_AGAIN':
    case 'EAI_FAIL':
      return `the name server here does not say where ${place ?? 'the host'} is`;
    case 'EADDRINUSE':
      return `another program listens at ${place ?? 'that port'} already`;
    case 'ENOENT':
      return syscall?.startsWith('spawn') === true
        ? missingProgram(path ?? syscall.replace(/^spawn ?/, ''))
        : `there is no file or folder ${path ?? 'of that name'}`;
    case 'EACCES':
    case 'EPERM':
      return path === undefined ? 'this user may not do that' : `this user may not read or change ${path}`;
    case 'EROFS':
      return `${what} is on a disk that can only be read`;
    case 'ENOTDIR':
      return `a part of the way to ${what} is a file and no folder`;
    case 'EISDIR':
      return path === undefined ? 'it is a folder and no file' : `${path} is a folder and no file`;
    case 'EEXIST':
      return `${what} is there already`;
    case 'ENOTEMPTY':
      return `${what} is a folder that is not empty`;
    case 'ELOOP':
      return `${what} is a link that leads nowhere, or may not be followed`;
    case 'ENAMETOOLONG':
      return `the name of ${what} is too long`;
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full';
    case 'EMFILE':
    case 'ENFILE':
      return 'too many files are open on this machine';
    case 'EIO':
      return `the disk does not read or write ${what}`;
    default:
      return Object.hasOwn(certificates, code) ? certificates[code] : undefined;
  }
}

function missingProgram(name: string): string {
  return name.includes('/') ? `there is no program ${name}` : `${name} is not installed, or not where PATH looks`;
}

/** What an error says, or the errors that it only bundles. */
function ownWords(error: unknown, level = 0): string {
  if (level <= mostLevels && isBundle(error)) {
    return [...new Set(error.errors.map((each: unknown) => ownWords(each, level + 1)))].join('; ');
  }
  const [message, cause] = [text(error, 'message'), property(error, 'cause')];
  if (message === 'fetch failed' && cause !== undefined && level <= mostLevels) {
    return `fetch failed: ${ownWords(cause, level + 1)}`;
  }
  if (message !== undefined && message !== '') return message;
  return text(error, 'code') ?? text(error, 'name') ?? shown(error);
}

function shown(thrown: unknown): string {
  try {
    return String(thrown);
  } catch {
    return 'something that cannot be shown was thrown';
  }
}

function text(error: unknown, key: string): string | undefined {
  const value = property(error, key);
  return typeof value === 'string' ? value : undefined;
}

/** What throws when it is looked at counts as absent. */
function property(error: unknown, key: string): unknown {
  if (typeof error !== 'object' || error === null) return undefined;
  try {
    return Reflect.get(error, key);
  } catch {
    return undefined;
  }
}
