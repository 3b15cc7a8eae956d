@echo off
rem Runs Gnomon: finds a JDK, builds what is missing or out of date, starts the program.
setlocal EnableExtensions DisableDelayedExpansion
set "ROOT=%~dp0"
set "ROOT=%ROOT:~0,-1%"
set "BUILT=%ROOT%\.gnomon"
set "NEEDED=25"
set "JDK="

if defined GNOMON_JAVA_HOME (
    call :consider "%GNOMON_JAVA_HOME%"
    if not defined JDK (
        echo GNOMON_JAVA_HOME is "%GNOMON_JAVA_HOME%", which holds no JDK %NEEDED% or newer. Let it name one, or unset it.>&2
        exit /b 1
    )
    goto found
)
if defined JAVA_HOME call :consider "%JAVA_HOME%"
for /f "delims=" %%J in ('where java.exe 2^>nul') do call :consider "%%~dpJ.."
for /d %%D in ("%ProgramFiles%\Eclipse Adoptium\*" "%ProgramFiles%\Java\*" "%ProgramFiles%\Microsoft\jdk*" "%ProgramFiles%\Zulu\*" "%ProgramFiles%\Amazon Corretto\*" "%USERPROFILE%\.jdks\*") do call :consider "%%~D"
if not defined JDK (
    echo Gnomon needs a JDK of version %NEEDED% or newer and found none. Install one, for example Eclipse Temurin %NEEDED% from https://adoptium.net, or let GNOMON_JAVA_HOME name its folder.>&2
    exit /b 1
)

:found
rem Exit code 1: a source is newer than the last build, or a library is missing.
powershell -NoProfile -Command "$r=$env:ROOT; $b=$env:BUILT; if (-not (Test-Path -LiteralPath \"$b\built\") -or -not (Test-Path -LiteralPath \"$b\classpath\")) { exit 1 }; $t=(Get-Item -LiteralPath \"$b\built\").LastWriteTimeUtc; $s=@(\"$r\core\src\main\",\"$r\workbench\src\main\") | ForEach-Object { Get-Item -LiteralPath $_; Get-ChildItem -LiteralPath $_ -Recurse }; $s+=Get-Item -LiteralPath \"$r\pom.xml\",\"$r\core\pom.xml\",\"$r\workbench\pom.xml\"; if ($s | Where-Object { $_.LastWriteTimeUtc -gt $t }) { exit 1 }; foreach ($j in (Get-Content -LiteralPath \"$b\classpath\").Split(';')) { if (-not (Test-Path -LiteralPath $j)) { exit 1 } }; exit 0"
if not errorlevel 1 goto run

where mvn >nul 2>nul
if errorlevel 1 (
    echo Gnomon must be built once and needs Apache Maven 3.8 or newer for it, but there is no mvn on the PATH. Install it from https://maven.apache.org.>&2
    exit /b 1
)
if not exist "%BUILT%" mkdir "%BUILT%"
rem One build at a time: making a folder fails where it is there already.
:lock
mkdir "%BUILT%\lock" 2>nul
if errorlevel 1 (
    echo Waiting for another build of Gnomon to end. If none runs, remove "%BUILT%\lock".>&2
    ping -n 6 127.0.0.1 >nul
    goto lock
)
echo Building Gnomon (once; a first build downloads its libraries).>&2
type nul > "%BUILT%\built.new"
setlocal
set "JAVA_HOME=%JDK%"
pushd "%ROOT%"
call mvn -B -q -ntp -pl workbench -am -Dmaven.test.skip=true package > "%BUILT%\build.log" 2>&1
set "FAILED=%ERRORLEVEL%"
popd
endlocal & set "FAILED=%FAILED%"
if not "%FAILED%"=="0" (
    type "%BUILT%\build.log" >&2
    rmdir "%BUILT%\lock"
    exit /b 1
)
set "JARS=%BUILT%\jars-%RANDOM%%RANDOM%"
mkdir "%JARS%"
copy /y "%ROOT%\core\target\gnomon-core.jar" "%JARS%" >nul
copy /y "%ROOT%\workbench\target\gnomon-workbench.jar" "%JARS%" >nul
rem The class path may be longer than a command line may be: java reads it from a file of arguments.
powershell -NoProfile -Command "$l=(Get-Content -Raw -LiteralPath \"$env:ROOT\workbench\target\libraries.classpath\").Trim(); $c=\"$env:JARS\gnomon-workbench.jar;$env:JARS\gnomon-core.jar;$l\"; [IO.File]::WriteAllText(\"$env:BUILT\classpath\", $c); [IO.File]::WriteAllText(\"$env:BUILT\arguments\", '-classpath \"' + $c.Replace('\','\\') + '\"')"
move /y "%BUILT%\built.new" "%BUILT%\built" >nul
rmdir "%BUILT%\lock"

:run
"%JDK%\bin\java.exe" --enable-native-access=ALL-UNNAMED -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -Dorg.bytedeco.javacpp.maxBytes=0 -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 -XX:+UseSerialGC -Xshare:auto "@%BUILT%\arguments" dev.gnomon.cli.Main %*
exit /b %ERRORLEVEL%

rem Sets JDK to folder %1 if it holds a JDK of the needed version and none was found before.
:consider
if defined JDK exit /b 0
if not exist "%~1\bin\javac.exe" exit /b 0
if not exist "%~1\release" exit /b 0
set "VERSION="
for /f "tokens=2 delims==" %%V in ('findstr /b "JAVA_VERSION=" "%~1\release"') do set "VERSION=%%~V"
for /f "tokens=1 delims=.-+" %%V in ("%VERSION%") do set "VERSION=%%V"
if not defined VERSION exit /b 0
if %VERSION% GEQ %NEEDED% set "JDK=%~f1"
exit /b 0
