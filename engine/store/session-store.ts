/** A sign-in that is under way at an issuer. */
export interface PendingSignIn {
  /** Of the `state` that the issuer gives back. */
  readonly stateHash: string;
  /** Of what the browser that began it has. */
  readonly browserHash: string;
  readonly codeVerifier: string;
  readonly nonce: string;
  /** A path of this site. */
  readonly returnTo: string;
}

export interface Session {
  /** An actor's id. */
  readonly person: string;
  readonly since: Date;
}

/** Who is signed in, for every instance of the server, by the database's clock. Only hashes of what browsers have are kept. */
export interface SessionStore {
  beginSignIn(signIn: PendingSignIn, lifeSeconds: number): Promise<void>;
  /** Each can be taken once. @returns undefined when there is none, or its time is over. */
  takeSignIn(stateHash: string): Promise<PendingSignIn | undefined>;
  openSession(tokenHash: string, person: string, lifeSeconds: number): Promise<void>;
  /** One that nobody used for so long has ended. */
  findSession(tokenHash: string, idleSeconds: number): Promise<Session | undefined>;
  endSession(tokenHash: string): Promise<void>;
}
