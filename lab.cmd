@echo off
rem Entry of the lab on Windows, for recorded runs: after "npm ci", lab.cmd console --recorded. Everything else needs Linux.
node --conditions=@loadstair/source --disable-warning=ExperimentalWarning "%~dp0apps\cli\src\main.ts" %*
