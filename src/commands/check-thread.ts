// What a further thread of `validate` runs: an entry of the bundle, which loads the checks and nothing else.
import { parentPort, workerData } from "node:worker_threads";
import { FileChecker, type SharedWork, type ThreadResult, takeBatch } from "./check-batch.ts";

const work = workerData as SharedWork;
const checker = new FileChecker(work.checks);
const result: ThreadResult = [];
for (let batch = takeBatch(work); batch; batch = takeBatch(work)) {
  for (let place = batch.from; place < batch.to; place++) {
    const target = work.targets[place];
    if (target) result.push([place, checker.check(target)]);
  }
}
parentPort?.postMessage(result);
