/**
 * A moment by what a machine counts since it was started, which no setting of its clock moves.
 *
 * @example { boot: "6f0c2a4e-…", processS: 8123.45, uptimeS: 8124.02 }
 */
export interface MachineMoment {
  /** Another one each time that the machine is started. */
  readonly boot: string;
  /** Seconds from the machine's start to that of the process which tells this, to 10 ms. */
  readonly processS: number;
  /** Seconds from the machine's start to the moment, to 10 ms. */
  readonly uptimeS: number;
}
