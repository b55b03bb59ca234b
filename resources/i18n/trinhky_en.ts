<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>CheckingPanel</name>
    <message numerus="yes">
        <source>%n file(s) checked.</source>
        <translation>
            <numerusform>%n file checked.</numerusform>
            <numerusform>%n files checked.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DoctorPanel</name>
    <message numerus="yes">
        <source>%n problem(s)</source>
        <translation>
            <numerusform>%n problem</numerusform>
            <numerusform>%n problems</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) to note</source>
        <translation>
            <numerusform>%n thing to note</numerusform>
            <numerusform>%n things to note</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DraftPanel</name>
    <message numerus="yes">
        <source>%n field(s) for number and date are prepared for the clerk.</source>
        <translation>
            <numerusform>%n field for number and date is prepared for the clerk.</numerusform>
            <numerusform>%n fields for number and date are prepared for the clerk.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DriverRow</name>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n token</numerusform>
            <numerusform>%n tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OpinionCard</name>
    <message numerus="yes">
        <source>Room for about %n line(s) on the form.</source>
        <translation>
            <numerusform>Room for about %n line on the form.</numerusform>
            <numerusform>Room for about %n lines on the form.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PinCard</name>
    <message numerus="yes">
        <source>Sign %n document(s)</source>
        <translation>
            <numerusform>Sign %n document</numerusform>
            <numerusform>Sign %n documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Initial and pass on %n document(s)</source>
        <translation>
            <numerusform>Initial and pass on %n document</numerusform>
            <numerusform>Initial and pass on %n documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Mark %n document(s) as copies</source>
        <translation>
            <numerusform>Mark %n document as a copy</numerusform>
            <numerusform>Mark %n documents as copies</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Number, seal and publish %n document(s)</source>
        <translation>
            <numerusform>Number, seal and publish %n document</numerusform>
            <numerusform>Number, seal and publish %n documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Register %n document(s) and put the incoming block</source>
        <translation>
            <numerusform>Register %n document and put the incoming block</numerusform>
            <numerusform>Register %n documents and put the incoming block</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Sign and seal %n document(s)</source>
        <translation>
            <numerusform>Sign and seal %n document</numerusform>
            <numerusform>Sign and seal %n documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n document</numerusform>
            <numerusform>%n documents</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QueuePhrases</name>
    <message numerus="yes">
        <source>%n attachment(s)</source>
        <translation>
            <numerusform>%n attachment</numerusform>
            <numerusform>%n attachments</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RoutingList</name>
    <message numerus="yes">
        <source>History: %n step(s)</source>
        <translation>
            <numerusform>History: %n step</numerusform>
            <numerusform>History: %n steps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SignatureCard</name>
    <message numerus="yes">
        <source>{verdict}, %n remark(s)</source>
        <translation>
            <numerusform>{verdict}, %n remark</numerusform>
            <numerusform>{verdict}, %n remarks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SigningResults</name>
    <message numerus="yes">
        <source>%n issued</source>
        <translation>
            <numerusform>%n issued</numerusform>
            <numerusform>%n issued</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n signed</source>
        <translation>
            <numerusform>%n signed</numerusform>
            <numerusform>%n signed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n initialled</source>
        <translation>
            <numerusform>%n initialled</numerusform>
            <numerusform>%n initialled</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n marked as copies</source>
        <translation>
            <numerusform>%n marked as a copy</numerusform>
            <numerusform>%n marked as copies</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n registered</source>
        <translation>
            <numerusform>%n registered</numerusform>
            <numerusform>%n registered</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n signed and to be sent later</source>
        <translation>
            <numerusform>%n signed and to be sent later</numerusform>
            <numerusform>%n signed and to be sent later</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n no longer waiting</source>
        <translation>
            <numerusform>%n no longer waiting</numerusform>
            <numerusform>%n no longer waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n failed</numerusform>
            <numerusform>%n failed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not tried</source>
        <translation>
            <numerusform>%n not tried</numerusform>
            <numerusform>%n not tried</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message numerus="yes">
        <source>%n waiting to be sent</source>
        <translation>
            <numerusform>%n waiting to be sent</numerusform>
            <numerusform>%n waiting to be sent</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TrustOffer</name>
    <message numerus="yes">
        <source>{file}: %n certificate(s) to look at</source>
        <translation>
            <numerusform>{file}: %n certificate to look at</numerusform>
            <numerusform>{file}: %n certificates to look at</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TrustPanel</name>
    <message numerus="yes">
        <source>%n certificate(s) or list(s) added.</source>
        <translation>
            <numerusform>%n certificate or list added.</numerusform>
            <numerusform>%n certificates or lists added.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VerdictWords</name>
    <message numerus="yes">
        <source>%n more signature(s)</source>
        <translation>
            <numerusform>%n more signature</numerusform>
            <numerusform>%n more signatures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Footer</name>
    <message numerus="yes">
        <source>Sign %n reviewed document(s)</source>
        <translation>
            <numerusform>Sign %n reviewed document</numerusform>
            <numerusform>Sign %n reviewed documents</numerusform>
        </translation>
    </message>
</context>
</TS>
