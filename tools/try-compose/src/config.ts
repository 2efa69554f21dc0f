/** The environment of this process: of a person's shell, and of the container in which the stand-in for Grafana runs. */
export const ENVIRONMENT: Readonly<Record<string, string | undefined>> = process.env;
