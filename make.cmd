@echo off
rem The twin of the Makefile: make demo, make test ... What each target does is said and done in tools\workshop.py.
setlocal
cd /d "%~dp0"
set "PYTHONUTF8=1"
if defined PYTHON goto found
for %%P in ("py -3" "python" "python3") do (
  %%~P -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>nul
  if not errorlevel 1 (
    set "PYTHON=%%~P"
    goto found
  )
)
echo estatecrm needs Python 3.11 or newer and found none. Install it, or set PYTHON to where it is. 1>&2
exit /b 1

:found
%PYTHON% tools\workshop.py %*
exit /b %errorlevel%
