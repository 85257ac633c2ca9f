
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'eks-fargate-role' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'eks-fargate-role'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'eks-fargate-role' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no progress and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no progress and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print each request to AWS')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print each request to AWS')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('inspect', 'inspect', [CompletionResultType]::ParameterValue, 'List a cluster''s Fargate profiles, their pod execution roles and the roles'' health')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Judge pod execution roles, or a trust policy in a file, and print findings')
            [CompletionResult]::new('ensure', 'ensure', [CompletionResultType]::ParameterValue, 'Make the role exist and be right for the cluster; print its ARN')
            [CompletionResult]::new('create-profile', 'create-profile', [CompletionResultType]::ParameterValue, 'Verify the role, create a Fargate profile with it, and wait until it is ACTIVE')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Say what a check looks for, why, and how to mend what it finds')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completion script of a shell')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'eks-fargate-role;inspect' {
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'EKS cluster')
            [CompletionResult]::new('--cluster', '--cluster', [CompletionResultType]::ParameterName, 'EKS cluster')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'AWS region')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'AWS region')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'AWS profile of the configuration files')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'AWS profile of the configuration files')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long AWS may take: to be read, and until a Fargate profile is ACTIVE')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no progress and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no progress and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print each request to AWS')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print each request to AWS')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'eks-fargate-role;check' {
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'EKS cluster')
            [CompletionResult]::new('--cluster', '--cluster', [CompletionResultType]::ParameterName, 'EKS cluster')
            [CompletionResult]::new('--role', '--role', [CompletionResultType]::ParameterName, 'Judge this role instead of those of the cluster''s profiles; may be repeated')
            [CompletionResult]::new('--fail-on', '--fail-on', [CompletionResultType]::ParameterName, 'Exit with 3 for findings of this severity or worse')
            [CompletionResult]::new('--trust-policy', '--trust-policy', [CompletionResultType]::ParameterName, 'Judge the trust policy in this file (- for standard input), asking AWS nothing')
            [CompletionResult]::new('--account', '--account', [CompletionResultType]::ParameterName, 'AWS account of the cluster, for --trust-policy')
            [CompletionResult]::new('--fargate-profile', '--fargate-profile', [CompletionResultType]::ParameterName, 'Fargate profile that the role is for, for --trust-policy [default: any of the cluster]')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'AWS region')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'AWS region')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'AWS profile of the configuration files')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'AWS profile of the configuration files')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long AWS may take: to be read, and until a Fargate profile is ACTIVE')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no progress and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no progress and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print each request to AWS')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print each request to AWS')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'eks-fargate-role;ensure' {
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'EKS cluster')
            [CompletionResult]::new('--cluster', '--cluster', [CompletionResultType]::ParameterName, 'EKS cluster')
            [CompletionResult]::new('--role-name', '--role-name', [CompletionResultType]::ParameterName, 'Name of the role')
            [CompletionResult]::new('--role-path', '--role-path', [CompletionResultType]::ParameterName, 'Path of a role that is created; EKS documents / as the only one that works')
            [CompletionResult]::new('--permissions-boundary', '--permissions-boundary', [CompletionResultType]::ParameterName, 'Policy that bounds what the role may do')
            [CompletionResult]::new('--attach-policy', '--attach-policy', [CompletionResultType]::ParameterName, 'Policy to attach besides the managed one; may be repeated')
            [CompletionResult]::new('--tags', '--tags', [CompletionResultType]::ParameterName, 'Tags of the role')
            [CompletionResult]::new('--description', '--description', [CompletionResultType]::ParameterName, 'Description of the role')
            [CompletionResult]::new('--logging', '--logging', [CompletionResultType]::ParameterName, 'Permit the log router to write there')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'AWS region')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'AWS region')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'AWS profile of the configuration files')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'AWS profile of the configuration files')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long AWS may take: to be read, and until a Fargate profile is ACTIVE')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Change the role even if EC2 nodes use it or CloudFormation manages it, or give it a path')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--approve', '--approve', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Print the plan, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no progress and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no progress and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print each request to AWS')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print each request to AWS')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'eks-fargate-role;create-profile' {
            [CompletionResult]::new('-c', '-c', [CompletionResultType]::ParameterName, 'EKS cluster')
            [CompletionResult]::new('--cluster', '--cluster', [CompletionResultType]::ParameterName, 'EKS cluster')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'Name of the Fargate profile')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'Namespace of the pods; * and ? are wildcards')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Labels of the pods in --namespace')
            [CompletionResult]::new('--labels', '--labels', [CompletionResultType]::ParameterName, 'Labels of the pods in --namespace')
            [CompletionResult]::new('--selector', '--selector', [CompletionResultType]::ParameterName, 'Further selector; may be repeated')
            [CompletionResult]::new('--subnet-ids', '--subnet-ids', [CompletionResultType]::ParameterName, 'Private subnets [default: those of the cluster]')
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'Tags of the Fargate profile')
            [CompletionResult]::new('--tags', '--tags', [CompletionResultType]::ParameterName, 'Tags of the Fargate profile')
            [CompletionResult]::new('--role', '--role', [CompletionResultType]::ParameterName, 'Pod execution role [default: the one that the cluster''s profiles use, or `AmazonEKSFargatePodExecutionRole`]')
            [CompletionResult]::new('-r', '-r', [CompletionResultType]::ParameterName, 'AWS region')
            [CompletionResult]::new('--region', '--region', [CompletionResultType]::ParameterName, 'AWS region')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'AWS profile of the configuration files')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'AWS profile of the configuration files')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'How long AWS may take: to be read, and until a Fargate profile is ACTIVE')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('--no-wait', '--no-wait', [CompletionResultType]::ParameterName, 'Do not wait until the profile is ACTIVE')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Change the role even if EC2 nodes use it or CloudFormation manages it')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--approve', '--approve', [CompletionResultType]::ParameterName, 'Do not ask')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Print the plan, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no progress and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no progress and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print each request to AWS')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print each request to AWS')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'eks-fargate-role;explain' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no progress and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no progress and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print each request to AWS')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print each request to AWS')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'eks-fargate-role;completions' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Output format')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'Colour the output')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print no progress and no notes')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print no progress and no notes')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print each request to AWS')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print each request to AWS')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'eks-fargate-role;help' {
            [CompletionResult]::new('inspect', 'inspect', [CompletionResultType]::ParameterValue, 'List a cluster''s Fargate profiles, their pod execution roles and the roles'' health')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Judge pod execution roles, or a trust policy in a file, and print findings')
            [CompletionResult]::new('ensure', 'ensure', [CompletionResultType]::ParameterValue, 'Make the role exist and be right for the cluster; print its ARN')
            [CompletionResult]::new('create-profile', 'create-profile', [CompletionResultType]::ParameterValue, 'Verify the role, create a Fargate profile with it, and wait until it is ACTIVE')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Say what a check looks for, why, and how to mend what it finds')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print the completion script of a shell')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'eks-fargate-role;help;inspect' {
            break
        }
        'eks-fargate-role;help;check' {
            break
        }
        'eks-fargate-role;help;ensure' {
            break
        }
        'eks-fargate-role;help;create-profile' {
            break
        }
        'eks-fargate-role;help;explain' {
            break
        }
        'eks-fargate-role;help;completions' {
            break
        }
        'eks-fargate-role;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
