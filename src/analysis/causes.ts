import type { Findings } from './analyse.js';
import type { Cause, SourceFlag } from './causes/cause.js';
import { demandSurge, modelOutdated, shiftUnexplained } from './causes/change-causes.js';
import { newDriversCause, severeWeather } from './causes/group-causes.js';
import { inputFault, missingInputs, modelFailing } from './causes/input-causes.js';
import { inputsDrifted, intervalsOff, weakSlice } from './causes/weakness-causes.js';

/** Likely causes, most telling first. Consequences of what is named (a shift, wide errors in a slice) are left out. */
export function causesOf(findings: Findings, source: SourceFlag): Cause[] {
  const specific = [
    inputFault(findings, source),
    modelOutdated(findings, source),
    newDriversCause(findings, source),
    severeWeather(findings),
    demandSurge(findings, source),
  ].filter((cause) => cause !== null);
  const named = [modelFailing(findings), ...specific.sort(byMinutes), ...missingInputs(findings, source)];
  const generic = [
    shiftUnexplained(findings, source),
    weakSlice(findings, source),
    intervalsOff(findings, source),
    inputsDrifted(findings, source),
  ];
  return [...named, ...(specific.length > 0 ? [] : generic)].filter((cause) => cause !== null);
}

function byMinutes(a: Cause, b: Cause): number {
  return (b.minutes ?? 0) - (a.minutes ?? 0);
}
