import { useEffect, useRef, useState } from "react";
import { useApi } from "../api/ApiContext.ts";
import { organizationPath } from "../api/queries.ts";
import { saveFile } from "../components/saveFile.ts";
import { apiQuery } from "./eventFilter.ts";
import { fileName, readDownload } from "./readDownload.ts";
import type { EventFilter } from "./eventFilter.ts";

export type ExportFormat = "csv" | "json";

/** How an export stands. */
export type ExportState =
  | { name: "running"; bytes: number; events: number; total: number | null }
  | { name: "saved"; bytes: number; file: string }
  | { name: "failed"; bytes: number; error: unknown; format: ExportFormat };

/** Saves the events that a filter lets through as a file, and tells how far it is. */
export function useExport(organizationId: string | null, filter: EventFilter) {
  const { open } = useApi();
  const [state, setState] = useState<ExportState | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  async function run(organization: string, format: ExportFormat): Promise<void> {
    const stop = new AbortController();
    running.current = stop;
    let bytes = 0;
    setState({ name: "running", bytes, events: 0, total: null });
    try {
      const { organizationId: _, ...query } = apiQuery(filter, Date.now());
      const path = `${organizationPath(organization)}/export`;
      const response = await open(path, { ...query, format }, stop.signal);
      const total = Number(response.headers.get("x-export-total")) || null;
      const content = await readDownload(response, (received) => {
        bytes = received.bytes;
        // The first line is a file's head.
        setState({ name: "running", bytes, events: Math.max(0, received.lines - 1), total });
      });
      const file = fileName(response, `events-${organization}.${format}`);
      saveFile(file, content);
      setState({ name: "saved", bytes, file });
    } catch (error) {
      setState(stop.signal.aborted ? null : { name: "failed", bytes, error, format });
    } finally {
      running.current = null;
    }
  }
  return {
    state,
    start:
      organizationId === null || state?.name === "running"
        ? null
        : (format: ExportFormat) => void run(organizationId, format),
    cancel: () => running.current?.abort(),
    dismiss: () => setState(null),
  };
}
