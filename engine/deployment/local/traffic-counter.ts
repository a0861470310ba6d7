/** Requests seen, and how many of them could not be answered. */
export class TrafficCounter {
  requests: number;
  failed: number;

  constructor(requests = 0, failed = 0) {
    this.requests = requests;
    this.failed = failed;
  }
}
