import { isJsonReport, readJsonReport } from "../json-report.ts";
import { isNodeId } from "../node-id.ts";
import { Refused } from "../refusal.ts";
import type { Form } from "./collection.ts";

/** What a collector gives that is no test. */
const HOLDERS = new Set(["Session", "Dir", "Package", "Module", "Class", "UnitTestCase", "Instance"]);

/** pytest-json-report, of a collection or of a run. */
export const jsonReport: Form = {
  id: "json-report",
  is: isJsonReport,
  read(text) {
    const report = readJsonReport(text);
    const failed = report.collectors?.find((one) => one.failed);
    if (failed) throw new Refused(`a report of a collection with an error in ${failed.nodeid || "its root"}`);
    if (report.exitcode !== null && ![0, 1, 5].includes(report.exitcode)) {
      throw new Refused(`a report of a pytest that did not come to its end: its exit status is ${report.exitcode}`);
    }
    const holders = new Set(report.collectors?.map(({ nodeid }) => nodeid));
    const items = (report.collectors ?? []).flatMap(({ result }) =>
      result.filter(({ nodeid, type }) => !holders.has(nodeid) && !HOLDERS.has(type)),
    );
    const ids = new Set(report.tests.map(({ nodeid }) => nodeid));
    for (const { nodeid, deselected } of items) if (!deselected) ids.add(nodeid);
    const odd = [...ids].find((id) => !isNodeId(id));
    if (odd !== undefined) throw new Refused(`a report with a test that has no node id: ${odd.slice(0, 200)}`);
    const deselected = new Set(items.flatMap((item) => (item.deselected && !ids.has(item.nodeid) ? item.nodeid : [])));
    // Older plugins count the deselected among the collected, newer ones do not: fewer than the smaller is too few.
    if (report.collected !== null && ids.size < report.collected - report.deselected) {
      throw new Refused(`a report that says it has ${report.collected} tests, and lists ${ids.size}`);
    }
    return { ids, deselected, deselectedCount: Math.max(report.deselected, deselected.size) };
  },
};
