@echo off
rem Starts the page of clspack in the browser.
"%~dp0clspack.exe" serve
if errorlevel 1 pause
