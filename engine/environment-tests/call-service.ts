import { serviceAddress } from '../deployment/service-address.ts';
import type { HttpAnswer } from '../outbound/http-call.ts';
import type { ServiceTarget } from '../workflow/definition.ts';
import type { TestContext } from './environment-test.ts';
import { causeText } from '../wording/cause-text.ts';

/** Read of an answer in which a text is looked for. */
const mostBytes = 1_048_576;

export interface ServiceCall {
  readonly service: string;
  /** A path below the service, or an address. */
  readonly url: string;
  readonly method?: string;
  readonly token?: string;
}

export type ServiceAnswer =
  { readonly hasAnswered: true; readonly answer: HttpAnswer } | { readonly hasAnswered: false; readonly why: string };

/** Calls a service as its users reach it. Whatever it does is a result; only an aborted signal is thrown. */
export async function callService(
  { status, target, ports, signal }: TestContext,
  { service, url, method = 'GET', token }: ServiceCall,
): Promise<ServiceAnswer> {
  if ('why' in status) return { hasAnswered: false, why: status.why };
  const settings = target.services.find(({ name }) => name === service);
  try {
    const answer = await ports.http.call({
      url: serviceAddress(status, service, url),
      method,
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      timeoutSeconds: timeoutOf(settings),
      mostBytes: () => mostBytes,
      signal,
    });
    return { hasAnswered: true, answer };
  } catch (error) {
    signal.throwIfAborted();
    return { hasAnswered: false, why: causeText(error) };
  }
}

const timeoutWithoutSettingsSeconds = 30;

function timeoutOf(service: ServiceTarget | undefined): number {
  return service?.healthCheckTimeoutSeconds ?? timeoutWithoutSettingsSeconds;
}

export function isSuccess({ status }: HttpAnswer): boolean {
  return status >= 200 && status < 300;
}

/** `answered 503`, or why it did not. */
export function answerText(answer: ServiceAnswer): string {
  return answer.hasAnswered ? `answered ${String(answer.answer.status)}` : `did not answer: ${answer.why}`;
}
