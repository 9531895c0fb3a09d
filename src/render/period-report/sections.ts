import type { PeriodReport } from '../../report/report.js';
import type { Showing } from '../../report/showing.js';
import { checklistSection, nextSection } from './afterwards.js';
import type { Section } from './blocks.js';
import { evidenceSection } from './evidence.js';
import { happenedSection } from './happened.js';
import { returnSection } from './return.js';
import { decisionSection, incidentSection } from './what-was-done.js';

/** All of the report below its headline, in the order in which it is read. */
export function sectionsOf(report: PeriodReport, showing: Showing): Section[] {
  return [
    happenedSection(report, showing),
    evidenceSection(report, showing),
    decisionSection(report, showing),
    incidentSection(report, showing),
    returnSection(report, showing),
    checklistSection(report, showing),
    nextSection(report, showing),
  ];
}
