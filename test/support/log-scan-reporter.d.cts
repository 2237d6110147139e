/** As jest makes and asks it; of the global configuration only what decides whether the whole suite runs. */
declare class LogScanReporter {
  constructor(
    globalConfig: { readonly projects?: readonly unknown[] },
    options?: { readonly print?: (text: string) => void },
  );
  onRunComplete(): void;
  getLastError(): Error | undefined;
}
export = LogScanReporter;
