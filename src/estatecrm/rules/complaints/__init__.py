"""
Judging complaints (chapter F): one module a family.

============== =====================================================================================
`intake`       channels, fields, who takes a complaint down, what stands in the system
`judging`      what it is about, how grave, whether it came before
`routing`      which department, who may handle it, who stands aside
`course`       the life of a case with the checks that stop a premature close
`holds`        when a clock may stand still
`clock`        the shape of every clock, and what it answers
`clocks`       the clocks of the office; `major_clocks` those of a major case
`institutions` the clocks of authorities and associations
`escalation`   the ladder of notices, and what must have been reported
`collective`   many households, one matter
`compensation` who may grant how much, and when to go to court
`closing`      papers, sanctions, promises
`manner`       checklists on how people are met
`registers`    registers and reports; `measures` shares, rates and alarms
`timetable`    all clocks and notices of a case under one ruleset
`whatif`       past cases replayed under another ruleset
============== =====================================================================================
"""
