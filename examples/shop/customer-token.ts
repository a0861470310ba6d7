import { SignJWT } from 'jose';

/** Signs what the orders API of the sample application accepts: a customer's token, valid for `lifetimeSeconds`. */
export async function signCustomerToken(secret: string, customer: string, lifetimeSeconds = 300): Promise<string> {
  return new SignJWT()
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer('shop')
    .setAudience('orders')
    .setSubject(customer)
    .setIssuedAt()
    .setExpirationTime(`${String(lifetimeSeconds)}s`)
    .sign(new TextEncoder().encode(secret));
}
